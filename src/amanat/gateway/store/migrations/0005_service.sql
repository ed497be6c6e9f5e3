-- pre: a service at work: its conversations, what is to be done in them, and what people told it

-- Where each chat stands. A row goes when its person leaves the chat.
CREATE TABLE conversations (
    room_id TEXT NOT NULL PRIMARY KEY,
    conversation TEXT NOT NULL,
    person TEXT NOT NULL,
    session BLOB NOT NULL,
    due_ts INTEGER,
    desk TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX conversations_due ON conversations (due_ts) WHERE due_ts IS NOT NULL;

-- What a conversation waits for: one row per conversation at most, gone with the unit that has done it.
CREATE TABLE acts (
    room_id TEXT NOT NULL PRIMARY KEY,
    conversation TEXT NOT NULL,
    act BLOB NOT NULL,
    since_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX acts_since ON acts (since_ts);

-- What chats are to be told of their appointments: gone with the unit that puts it into the outbox.
CREATE TABLE notices (
    position INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    notice BLOB NOT NULL
) WITHOUT ROWID;

-- Praise, complaints and ideas. The office keeps them until it deletes them.
CREATE TABLE tickets (
    number TEXT NOT NULL PRIMARY KEY,
    desk TEXT NOT NULL,
    room_id TEXT NOT NULL,
    person TEXT NOT NULL,
    details BLOB NOT NULL,
    status TEXT NOT NULL,
    opened_ts INTEGER NOT NULL,
    changed_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX tickets_desk ON tickets (desk, status, opened_ts);

-- Which request opened which ticket, so that none is opened twice. As many rows as tickets.
CREATE TABLE opened_tickets (
    request TEXT NOT NULL PRIMARY KEY,
    number TEXT NOT NULL,
    opened_ts INTEGER NOT NULL
) WITHOUT ROWID;
