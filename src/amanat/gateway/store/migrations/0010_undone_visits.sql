-- pre: the desk takes back what was done by mistake, and excuses a missed visit once

-- Whether a missed visit counts as a strike; NULL where it was missed before anybody wrote that down: then it counts.
ALTER TABLE appointments ADD COLUMN struck INTEGER;
-- What a visit was before it was checked in, as long as that can be taken back.
ALTER TABLE appointments ADD COLUMN before TEXT NOT NULL DEFAULT '';
