-- name: session
-- Who an access token speaks for.
SELECT
    access_tokens.user_id, access_tokens.device_id, access_tokens.expires_ts, access_tokens.unused,
    users.is_admin, users.suspended_ts, users.locked_ts, devices.seen_ts
FROM access_tokens
JOIN users ON users.user_id = access_tokens.user_id
JOIN devices ON devices.user_id = access_tokens.user_id AND devices.device_id = access_tokens.device_id
WHERE access_tokens.token_hash = :token_hash;

-- name: refresh_token
-- One refresh token.
SELECT * FROM refresh_tokens WHERE token_hash = :token_hash;

-- name: refresh_family
-- The refresh tokens of one session of the OAuth 2.0 API.
SELECT * FROM refresh_tokens WHERE family = :family;

-- name: refresh_tokens_of
-- The refresh tokens of one device.
SELECT * FROM refresh_tokens WHERE user_id = :user_id AND device_id = :device_id;
