-- name: counter
-- How far the one-time keys of a device are given away.
SELECT * FROM one_time_key_counters WHERE user_id = :user_id AND device_id = :device_id;

-- name: counters_of
-- How far the one-time keys of some people's devices are given away.
SELECT * FROM one_time_key_counters WHERE user_id IN :user_ids;

-- name: unused_fallback_keys
-- The algorithms of a device's fallback keys that nobody has been given.
SELECT algorithm FROM fallback_keys WHERE user_id = :user_id AND device_id = :device_id AND used = 0 ORDER BY algorithm;
