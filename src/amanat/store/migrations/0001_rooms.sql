-- pre: rooms, their events, state, members and receipts

CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE streams (
    stream TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE rooms (
    room_id TEXT NOT NULL PRIMARY KEY,
    version TEXT NOT NULL,
    room_class TEXT NOT NULL,
    creator TEXT NOT NULL,
    created_ts INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    joined INTEGER NOT NULL,
    invited INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX rooms_listed ON rooms (joined, room_id) WHERE listed = 1;

CREATE TABLE events (
    event_id TEXT NOT NULL UNIQUE,
    room_id TEXT NOT NULL,
    position INTEGER NOT NULL PRIMARY KEY,
    type TEXT NOT NULL,
    state_key TEXT,
    sender TEXT NOT NULL,
    ts INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    json BLOB NOT NULL,
    extra BLOB NOT NULL,
    transaction_key TEXT,
    replaces_state TEXT,
    redacted_by TEXT,
    thread_root TEXT,
    main_notifying INTEGER NOT NULL,
    thread_notifying INTEGER NOT NULL
);

CREATE INDEX events_room ON events (room_id, position);
CREATE INDEX events_state ON events (room_id, type, state_key, position) WHERE state_key IS NOT NULL;
CREATE INDEX events_thread ON events (thread_root, position) WHERE thread_root IS NOT NULL;

CREATE TABLE state (
    room_id TEXT NOT NULL,
    type TEXT NOT NULL,
    state_key TEXT NOT NULL,
    event_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (room_id, type, state_key)
) WITHOUT ROWID;

CREATE TABLE members (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    membership TEXT NOT NULL,
    event_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sender TEXT NOT NULL,
    ts INTEGER NOT NULL,
    content BLOB NOT NULL,
    forgotten INTEGER NOT NULL,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;

CREATE INDEX members_user ON members (user_id, membership);

CREATE TABLE transactions (
    request_key BLOB NOT NULL UNIQUE,
    position INTEGER NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL,
    ts INTEGER NOT NULL
);

CREATE TABLE relations (
    parent_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    rel_type TEXT NOT NULL,
    type TEXT NOT NULL,
    sender TEXT NOT NULL,
    key TEXT,
    PRIMARY KEY (parent_id, position)
) WITHOUT ROWID;

CREATE TABLE threads (
    room_id TEXT NOT NULL,
    root_id TEXT NOT NULL,
    latest_id TEXT NOT NULL,
    latest_position INTEGER NOT NULL,
    replies INTEGER NOT NULL,
    notifying INTEGER NOT NULL,
    PRIMARY KEY (room_id, root_id)
) WITHOUT ROWID;

CREATE INDEX threads_latest ON threads (room_id, latest_position);

CREATE TABLE receipts (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    thread TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event_position INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    position INTEGER NOT NULL,
    main_notifying INTEGER NOT NULL,
    thread_notifying INTEGER NOT NULL,
    PRIMARY KEY (room_id, user_id, kind, thread)
) WITHOUT ROWID;

CREATE INDEX receipts_position ON receipts (room_id, position) WHERE kind <> 'id.amanat.sent';

CREATE TABLE highlights (
    user_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    thread TEXT NOT NULL,
    PRIMARY KEY (user_id, room_id, position)
) WITHOUT ROWID;

CREATE INDEX highlights_room ON highlights (room_id, position);
