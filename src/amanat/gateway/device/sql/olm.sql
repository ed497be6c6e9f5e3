-- name: olm_sessions_of
-- The channels to some devices.
SELECT * FROM olm_sessions WHERE sender_key IN :sender_keys;
