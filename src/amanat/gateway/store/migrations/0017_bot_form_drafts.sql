-- pre: forms that are asked field by field

-- One row per chat: the form that somebody is being asked, and what they have answered so far, at most 65,536 bytes of
-- it. A row goes when the form is done or cancelled, and a day after the last answer.
CREATE TABLE bot_form_drafts (
    room_id TEXT NOT NULL PRIMARY KEY,
    draft BLOB NOT NULL,
    ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX bot_form_drafts_ts ON bot_form_drafts (ts);
