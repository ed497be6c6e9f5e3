-- pre: the OAuth 2.0 API: families of refresh tokens, apps that registered themselves, sign-ins under way

-- The refresh tokens that follow one another in a session of the OAuth 2.0 API share a family.
ALTER TABLE refresh_tokens ADD COLUMN family BLOB;

CREATE INDEX refresh_tokens_family ON refresh_tokens (family) WHERE family IS NOT NULL;

-- Apps that registered themselves; what they said of themselves gives their id, so the same app is one row. Bounded by
-- MAX_CLIENTS (oauth/clients.py): when they are full, one that nobody is signed in with gives way. Swept when unused.
CREATE TABLE oauth_clients (
    client_id TEXT NOT NULL PRIMARY KEY,
    metadata BLOB NOT NULL,
    registered_ts INTEGER NOT NULL,
    used_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX oauth_clients_used ON oauth_clients (used_ts);

-- Which app a device signed in with: at most one row per device, which goes with it.
CREATE TABLE oauth_sessions (
    -- personal: pseudonym; whose device it is; while the device is signed in
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- personal: time of a sign-in; shown to its owner; while the device is signed in
    granted_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, device_id)
) WITHOUT ROWID;

CREATE INDEX oauth_sessions_client ON oauth_sessions (client_id);

-- Authorisation codes, good for a minute. One that was used is kept for an hour, so that its replay is noticed; then it
-- is swept. `family` is what it gave.
CREATE TABLE oauth_codes (
    code_hash BLOB NOT NULL PRIMARY KEY,
    client_id TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    challenge TEXT NOT NULL,
    -- personal: pseudonym; who let the app in; an hour
    user_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    expires_ts INTEGER NOT NULL,
    family BLOB
) WITHOUT ROWID;

CREATE INDEX oauth_codes_expires ON oauth_codes (expires_ts);

-- Devices that wait to be let in from another one. Bounded by MAX_WAITING (oauth/device_grant.py); swept when expired.
CREATE TABLE oauth_device_codes (
    device_code_hash BLOB NOT NULL PRIMARY KEY,
    user_code_hash BLOB NOT NULL,
    check_code TEXT NOT NULL,
    misses INTEGER NOT NULL,
    client_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- personal: network (never a whole address); shown to who approves, so that a foreign place is noticed; ten minutes
    place TEXT NOT NULL,
    began_ts INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL,
    decision TEXT NOT NULL,
    -- personal: pseudonym; who decided; ten minutes
    user_id TEXT
) WITHOUT ROWID;

CREATE UNIQUE INDEX oauth_device_codes_user_code ON oauth_device_codes (user_code_hash);
CREATE INDEX oauth_device_codes_expires ON oauth_device_codes (expires_ts);

-- Tokens for `m.login.token`, good for two minutes and one login; swept when expired.
CREATE TABLE login_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    -- personal: pseudonym; who signs in; two minutes
    user_id TEXT NOT NULL,
    expires_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX login_tokens_expires ON login_tokens (expires_ts);
