-- pre: a service's device: its keys, whom it writes with, what came and what goes

-- Pickles are sealed with the key in `service.key`: a database alone opens no chat.

-- One row: the device's account with its identity and one-time keys. `published`: whether the server has its keys.
CREATE TABLE device_account (
    user_id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    curve25519 TEXT NOT NULL,
    ed25519 TEXT NOT NULL,
    pickle TEXT NOT NULL,
    published INTEGER NOT NULL
) WITHOUT ROWID;

-- One row: up to where everything that the server had is in this database.
CREATE TABLE sync_position (
    user_id TEXT NOT NULL PRIMARY KEY,
    next_batch TEXT NOT NULL
) WITHOUT ROWID;

-- What came and is not handled yet: messages to the device and events of rooms, as the server told them. A row goes in
-- the unit that handles it. Past a few thousand rows the device asks the server for no more.
CREATE TABLE inbox (
    position INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT,
    event BLOB NOT NULL
) WITHOUT ROWID;

-- Channels to other devices. At most five per device; the one that was used last goes on.
CREATE TABLE olm_sessions (
    sender_key TEXT NOT NULL,
    session_id TEXT NOT NULL,
    pickle TEXT NOT NULL,
    used_ts INTEGER NOT NULL,
    PRIMARY KEY (sender_key, session_id)
) WITHOUT ROWID;

-- Devices whose channel broke, and when a new one was begun: at most one an hour. One row per such device.
CREATE TABLE olm_recoveries (
    sender_key TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    since_ts INTEGER NOT NULL,
    done INTEGER NOT NULL
) WITHOUT ROWID;

-- Keys of others' messages. A row goes with its room, or 90 days after it came.
CREATE TABLE room_keys (
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    sender_key TEXT NOT NULL,
    ed25519 TEXT NOT NULL,
    first_index INTEGER NOT NULL,
    pickle TEXT NOT NULL,
    received_ts INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id)
) WITHOUT ROWID;

CREATE INDEX room_keys_received ON room_keys (received_ts);

-- Which event each index of such a key opened: another with the same index is a replay. Goes with the key.
CREATE TABLE opened_messages (
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id, message_index)
) WITHOUT ROWID;

-- Messages whose key has not come. At most 50 per key; gone once it comes, or after seven days.
CREATE TABLE waiting_events (
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    event BLOB NOT NULL,
    since_ts INTEGER NOT NULL,
    told INTEGER NOT NULL,
    PRIMARY KEY (room_id, session_id, event_id)
) WITHOUT ROWID;

CREATE INDEX waiting_events_since ON waiting_events (told, since_ts);

-- Rooms that the service is in, or is invited to. `algorithm` never goes once it was there.
CREATE TABLE rooms (
    room_id TEXT NOT NULL PRIMARY KEY,
    membership TEXT NOT NULL,
    inviter TEXT,
    algorithm TEXT,
    rotation_ms INTEGER NOT NULL,
    rotation_messages INTEGER NOT NULL,
    history_visibility TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX rooms_membership ON rooms (membership) WHERE membership <> 'join';

-- Who is in those rooms, or invited to them.
CREATE TABLE members (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    membership TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;

-- Who has written in a room, and so is answered there even without a published identity.
CREATE TABLE writers (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;

-- The identity of each person that the service writes with, as it was first seen. `changed_to`: another that the server
-- tells of by now ('' if it tells of none any more), which holds messages back until it is accepted.
CREATE TABLE identities (
    user_id TEXT NOT NULL PRIMARY KEY,
    master_key TEXT,
    changed_to TEXT
) WITHOUT ROWID;

-- Their devices. `vouched`: the person's identity has signed it.
CREATE TABLE devices (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    curve25519 TEXT NOT NULL,
    ed25519 TEXT NOT NULL,
    vouched INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id)
) WITHOUT ROWID;

CREATE INDEX devices_curve25519 ON devices (curve25519);

-- Of whom the devices above are all there are. A row goes when the server says that something has changed.
CREATE TABLE device_lists (
    user_id TEXT NOT NULL PRIMARY KEY,
    queried_ts INTEGER NOT NULL
) WITHOUT ROWID;

-- The key that the service's own messages in a room are encrypted with. One per room.
CREATE TABLE outbound_sessions (
    room_id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL,
    pickle TEXT NOT NULL,
    created_ts INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    history_visibility TEXT NOT NULL
) WITHOUT ROWID;

-- Who has it, from which message on; -1: who was told that it gets none.
CREATE TABLE key_shares (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    curve25519 TEXT NOT NULL,
    message_index INTEGER NOT NULL,
    PRIMARY KEY (room_id, user_id, device_id)
) WITHOUT ROWID;

-- Messages to devices, encrypted, on their way to the server. `room_id`: whose next message waits for it.
CREATE TABLE to_device_outbox (
    position INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT,
    txn_id TEXT NOT NULL,
    type TEXT NOT NULL,
    messages BLOB NOT NULL
) WITHOUT ROWID;

CREATE INDEX to_device_outbox_room ON to_device_outbox (room_id, position);

-- What the service says, until the server has it: in plain text, and then as it was encrypted.
CREATE TABLE outbox (
    room_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    txn_id TEXT NOT NULL,
    type TEXT NOT NULL,
    content BLOB NOT NULL,
    encrypted BLOB,
    PRIMARY KEY (room_id, position)
) WITHOUT ROWID;
