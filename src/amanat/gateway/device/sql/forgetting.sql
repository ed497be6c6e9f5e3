-- name: old_room_keys
-- Some of the keys that came before a time.
SELECT * FROM room_keys WHERE received_ts < :before ORDER BY received_ts LIMIT 50;

-- name: left_room_keys
-- Some of the keys that came before a time, of rooms that the service is not in.
SELECT * FROM room_keys WHERE received_ts < :before AND NOT EXISTS (
    SELECT 1 FROM rooms WHERE rooms.room_id = room_keys.room_id AND rooms.membership = 'join'
) ORDER BY received_ts LIMIT 50;

-- name: waiting_for_long
-- Events that have waited since before a time, told or not.
SELECT * FROM waiting_events WHERE told = 1 AND since_ts < :before ORDER BY since_ts LIMIT 100;
