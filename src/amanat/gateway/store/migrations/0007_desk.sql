-- pre: the staff's desk: the chats that the staff have, what is said in them, and who did what

-- A chat that was handed to the staff: one row per chat. `went_ts`: when it went back to the flow; 30 days after that the
-- row goes, and its lines and notes with it.
CREATE TABLE desk_chats (
    room_id TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    desk TEXT NOT NULL,
    language TEXT NOT NULL,
    known BLOB NOT NULL,
    state TEXT NOT NULL,
    assignee TEXT,
    since_ts INTEGER NOT NULL,
    said_position INTEGER NOT NULL,
    read_position INTEGER NOT NULL,
    went_ts INTEGER
) WITHOUT ROWID;

CREATE INDEX desk_chats_state ON desk_chats (state, since_ts);
CREATE INDEX desk_chats_went ON desk_chats (went_ts) WHERE went_ts IS NOT NULL;

-- What was said in such a chat from the hand-over on. A row goes with its chat, or half a year after it was said.
CREATE TABLE desk_lines (
    room_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sender TEXT NOT NULL,
    member TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    ts INTEGER NOT NULL,
    state TEXT,
    PRIMARY KEY (room_id, position)
) WITHOUT ROWID;

CREATE INDEX desk_lines_ts ON desk_lines (ts);

-- What the staff note for each other, as long as the lines.
CREATE TABLE desk_notes (
    room_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    ts INTEGER NOT NULL,
    PRIMARY KEY (room_id, position)
) WITHOUT ROWID;

CREATE INDEX desk_notes_ts ON desk_notes (ts);

-- What was asked for once under an id of the browser's own, and what came of it: a row goes a day later.
CREATE TABLE desk_requests (
    member TEXT NOT NULL,
    txn_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    PRIMARY KEY (member, txn_id)
) WITHOUT ROWID;

CREATE INDEX desk_requests_ts ON desk_requests (ts);

-- Who of the staff did what. A row goes after 180 days.
CREATE TABLE desk_trail (
    position INTEGER NOT NULL PRIMARY KEY,
    ts INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX desk_trail_ts ON desk_trail (ts);

-- What the office answered to a ticket, so that the same answer is said once.
ALTER TABLE tickets ADD COLUMN answer TEXT;
CREATE INDEX tickets_status ON tickets (status, opened_ts);
