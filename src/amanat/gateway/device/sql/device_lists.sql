-- name: lists_known
-- Of which people all devices are known.
SELECT user_id, queried_ts FROM device_lists WHERE user_id IN :user_ids;

-- name: devices_of
-- The devices of some people.
SELECT * FROM devices WHERE user_id IN :user_ids ORDER BY user_id, device_id;

-- name: identities_of
-- The identities of some people.
SELECT * FROM identities WHERE user_id IN :user_ids;

-- name: devices_with_key
-- The devices that have a curve25519 key: one, unless somebody claims another's.
SELECT * FROM devices WHERE curve25519 IN :keys;
