-- pre: devices' keys, cross-signing, messages to devices, device lists, key backups and dehydrated devices

-- One row per device that has published keys.
CREATE TABLE device_keys (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    keys BLOB NOT NULL,
    PRIMARY KEY (user_id, device_id)
) WITHOUT ROWID;

-- Numbered without a gap in the order of the uploads. Bounded per device by MAX_HELD (core/one_time_keys.py) and by
-- REMEMBERED (handlers/keys.py) that were given away: kept for a while, so that an upload which is repeated does not
-- bring them back.
CREATE TABLE one_time_keys (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    key_id TEXT NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (user_id, device_id, number)
) WITHOUT ROWID;

-- One row per device that ever had a one-time key: up to which number they were uploaded, and given away.
CREATE TABLE one_time_key_counters (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    uploaded INTEGER NOT NULL,
    given INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id)
) WITHOUT ROWID;

-- One row per device and algorithm.
CREATE TABLE fallback_keys (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    key_id TEXT NOT NULL,
    key BLOB NOT NULL,
    used INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id, algorithm)
) WITHOUT ROWID;

-- Three rows per person.
CREATE TABLE cross_signing_keys (
    user_id TEXT NOT NULL,
    usage TEXT NOT NULL,
    key BLOB NOT NULL,
    PRIMARY KEY (user_id, usage)
) WITHOUT ROWID;

-- One row per pair of people who verified each other, and per device that its owner did. `target_key` is a device id
-- or a public key.
CREATE TABLE key_signatures (
    target_user TEXT NOT NULL,
    signer_user TEXT NOT NULL,
    target_key TEXT NOT NULL,
    signer_key TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (target_user, signer_user, target_key, signer_key)
) WITHOUT ROWID;

-- The last change of a person's devices or cross-signing keys: one row per person.
CREATE TABLE device_list_changes (
    user_id TEXT NOT NULL PRIMARY KEY,
    position INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX device_list_changes_position ON device_list_changes (position);

-- Whose keys a person has signed, and when last: news to that person's other devices alone. As many as verifications.
CREATE TABLE signed_people (
    signer_user TEXT NOT NULL,
    target_user TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (signer_user, target_user)
) WITHOUT ROWID;

CREATE INDEX signed_people_position ON signed_people (signer_user, position);

-- Messages that a device has not confirmed. Never dropped while the device exists: bounded by the rate of sending.
-- With a rowid: rows of 1 KB would each spill over onto a page of their own in the key's tree.
CREATE TABLE to_device (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    event BLOB NOT NULL,
    PRIMARY KEY (user_id, device_id, position)
);

-- Versions of people's key backups; a deleted one stays as a row, so that its number is not given again.
CREATE TABLE key_backups (
    user_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    algorithm TEXT NOT NULL,
    auth_data BLOB NOT NULL,
    etag INTEGER NOT NULL,
    count INTEGER NOT NULL,
    deleted INTEGER NOT NULL,
    PRIMARY KEY (user_id, version)
) WITHOUT ROWID;

-- One row per session of a backup; bounded by MAX_SESSIONS per version (handlers/key_backup.py).
CREATE TABLE backed_up_keys (
    user_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    room_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    first_message_index INTEGER NOT NULL,
    forwarded_count INTEGER NOT NULL,
    is_verified INTEGER NOT NULL,
    session_data BLOB NOT NULL,
    PRIMARY KEY (user_id, version, room_id, session_id)
) WITHOUT ROWID;

-- At most one row per person.
CREATE TABLE dehydrated_devices (
    user_id TEXT NOT NULL PRIMARY KEY,
    device_id TEXT NOT NULL,
    display_name TEXT,
    device_data BLOB NOT NULL
) WITHOUT ROWID;
