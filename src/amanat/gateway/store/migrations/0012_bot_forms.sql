-- pre: forms that bots send

-- The screens of a form, by their hash: one row for all messages that it stands under, at most 40,000 bytes. `ts`: when
-- it was sent last. A row goes with the last message, 30 days later.
CREATE TABLE bot_forms (
    digest TEXT NOT NULL PRIMARY KEY,
    screens BLOB NOT NULL,
    ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX bot_forms_ts ON bot_forms (ts);
