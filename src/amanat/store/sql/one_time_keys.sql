-- name: one_time_key_count
-- How many one-time keys of a device are left.
SELECT count(*) FROM one_time_keys WHERE user_id = :user_id AND device_id = :device_id;

-- name: unused_fallback_keys
-- The algorithms of a device's fallback keys that nobody has been given.
SELECT algorithm FROM fallback_keys WHERE user_id = :user_id AND device_id = :device_id AND used = 0 ORDER BY algorithm;

-- name: old_claimed_keys
-- Keys that were given away long ago.
SELECT * FROM claimed_keys WHERE ts < :before ORDER BY ts LIMIT :max_rows;
