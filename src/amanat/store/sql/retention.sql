-- name: rooms_due
-- The rooms that are to be looked at, those that wait longest first.
SELECT * FROM retention_rooms WHERE due_ts <= :now_ms ORDER BY due_ts, room_id LIMIT :max_rows;

-- name: progress
-- How far a room's messages have disappeared.
SELECT * FROM retention_progress WHERE room_id = :room_id;

-- name: timers_from
-- The timers of a room, oldest first, from the one that holds at a position.
SELECT * FROM events
WHERE room_id = :room_id AND type = 'id.amanat.retention' AND state_key = '' AND position >= COALESCE((
    SELECT MAX(position) FROM events
    WHERE room_id = :room_id AND type = 'id.amanat.retention' AND state_key = '' AND position <= :upto
), 0)
ORDER BY position LIMIT :max_rows;
