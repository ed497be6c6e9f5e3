-- name: client
-- One app.
SELECT * FROM oauth_clients WHERE client_id = :client_id;

-- name: client_count
-- How many apps have registered.
SELECT COUNT(*) AS number FROM oauth_clients;

-- name: unused_clients
-- Apps that nobody is signed in with and nobody has signed in with since; the longest unused first.
SELECT oauth_clients.client_id, oauth_clients.metadata, oauth_clients.registered_ts, oauth_clients.used_ts
FROM oauth_clients
WHERE oauth_clients.used_ts <= :before
    AND NOT EXISTS (SELECT 1 FROM oauth_sessions WHERE oauth_sessions.client_id = oauth_clients.client_id)
ORDER BY oauth_clients.used_ts LIMIT :max_rows;

-- name: oauth_session
-- Which app a device signed in with.
SELECT * FROM oauth_sessions WHERE user_id = :user_id AND device_id = :device_id;

-- name: apps_of
-- The apps that somebody's devices signed in with.
SELECT oauth_sessions.device_id, oauth_sessions.client_id, oauth_clients.metadata
FROM oauth_sessions JOIN oauth_clients ON oauth_clients.client_id = oauth_sessions.client_id
WHERE oauth_sessions.user_id = :user_id;

-- name: code
-- One authorisation code.
SELECT * FROM oauth_codes WHERE code_hash = :code_hash;

-- name: old_codes
-- Authorisation codes that expired before.
SELECT * FROM oauth_codes WHERE expires_ts <= :before LIMIT :max_rows;

-- name: device_code
-- One device that waits.
SELECT * FROM oauth_device_codes WHERE device_code_hash = :device_code_hash;

-- name: device_code_by_user_code
-- The device that waits under the code somebody typed.
SELECT * FROM oauth_device_codes WHERE user_code_hash = :user_code_hash;

-- name: device_code_count
-- How many devices wait.
SELECT COUNT(*) AS number FROM oauth_device_codes;

-- name: old_device_codes
-- Devices that have waited too long.
SELECT * FROM oauth_device_codes WHERE expires_ts <= :before LIMIT :max_rows;

-- name: old_login_tokens
-- Login tokens whose time is over.
SELECT * FROM login_tokens WHERE expires_ts <= :before LIMIT :max_rows;
