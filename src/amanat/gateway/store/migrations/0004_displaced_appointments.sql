-- pre: the desk lists who was offered another seat when their day was closed

-- The counter and day that the office closed, of an appointment that was offered another seat for it.
ALTER TABLE appointments ADD COLUMN displaced_from TEXT;
CREATE INDEX appointments_displaced ON appointments (displaced_from);
