-- pre: accounts, devices, access tokens, profiles, and the work that must survive a crash

-- One row per account ever made: a localpart is never given twice. Bounded by registration.
CREATE TABLE users (
    user_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    is_admin INTEGER NOT NULL,
    created_ts INTEGER NOT NULL,
    deactivated_ts INTEGER,
    erased INTEGER NOT NULL,
    handle TEXT,
    password_hash TEXT,
    search_name TEXT NOT NULL
) WITHOUT ROWID;

-- At most one row per account. `folded` is the handle as the eye sees it.
CREATE TABLE handles (
    folded TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL
) WITHOUT ROWID;

-- Bounded by MAX_DEVICES per account.
CREATE TABLE devices (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    display_name TEXT,
    created_ts INTEGER NOT NULL,
    seen_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id)
) WITHOUT ROWID;

-- One per device, two while a refreshed one has not been used.
CREATE TABLE access_tokens (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    expires_ts INTEGER,
    unused INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id, token_hash)
) WITHOUT ROWID;

CREATE UNIQUE INDEX access_tokens_hash ON access_tokens (token_hash);

-- As many as access tokens, at most.
CREATE TABLE refresh_tokens (
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    access_hash BLOB NOT NULL,
    PRIMARY KEY (user_id, device_id, token_hash)
) WITHOUT ROWID;

CREATE UNIQUE INDEX refresh_tokens_hash ON refresh_tokens (token_hash);

-- Made by the operator; an expired one is swept.
CREATE TABLE registration_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    uses_allowed INTEGER,
    uses INTEGER NOT NULL,
    expires_ts INTEGER
) WITHOUT ROWID;

-- Bounded by 64 KiB per account.
CREATE TABLE profiles (
    user_id TEXT NOT NULL,
    field TEXT NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (user_id, field)
) WITHOUT ROWID;

-- An expired one is swept.
CREATE TABLE openid_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    expires_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX openid_tokens_expires ON openid_tokens (expires_ts);

-- Work that has been promised and not been finished: at most one row per kind and subject.
CREATE TABLE jobs (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (kind, subject)
) WITHOUT ROWID;
