-- name: session
-- Who an access token speaks for.
SELECT
    access_tokens.user_id, access_tokens.device_id, access_tokens.expires_ts, access_tokens.unused,
    users.is_admin, devices.seen_ts
FROM access_tokens
JOIN users ON users.user_id = access_tokens.user_id
JOIN devices ON devices.user_id = access_tokens.user_id AND devices.device_id = access_tokens.device_id
WHERE access_tokens.token_hash = :token_hash;

-- name: refresh_token
-- One refresh token.
SELECT * FROM refresh_tokens WHERE token_hash = :token_hash;
