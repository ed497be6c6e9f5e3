-- pre: how many offers somebody had lately

-- In the row about `offers`: so many were sent since `sent_ts`, which is at most a day ago where it matters.
ALTER TABLE bot_consents ADD COLUMN sent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bot_consents ADD COLUMN sent_ts INTEGER NOT NULL DEFAULT 0;
