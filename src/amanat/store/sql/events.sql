-- name: event_by_id
-- One event.
SELECT * FROM events WHERE event_id = :event_id;

-- name: events_by_ids
-- Several events, in no order.
SELECT * FROM events WHERE event_id IN :event_ids;

-- name: events_backwards
-- A room's events in (after, upto], newest first.
SELECT * FROM events
WHERE room_id = :room_id AND position <= :upto AND position > :after ORDER BY position DESC LIMIT :max_rows;

-- name: events_forwards
-- A room's events in (after, upto], oldest first.
SELECT * FROM events
WHERE room_id = :room_id AND position > :after AND position <= :upto ORDER BY position LIMIT :max_rows;

-- name: state_changes
-- A room's state events in (after, upto], oldest first.
SELECT * FROM events
WHERE room_id = :room_id AND position > :after AND position <= :upto AND state_key IS NOT NULL ORDER BY position;

-- name: state_at
-- A room's state as it was at a position: of each type and key the newest event up to there.
SELECT * FROM events WHERE position IN (
    SELECT max(position) FROM events
    WHERE room_id = :room_id AND state_key IS NOT NULL AND position <= :upto GROUP BY type, state_key
);

-- name: thread_before
-- The newest event of a thread up to a position.
SELECT * FROM events WHERE thread_root = :root_id AND position <= :upto ORDER BY position DESC LIMIT 1;

-- name: threads_after
-- The threads of a room that have something after a position.
SELECT * FROM threads WHERE room_id = :room_id AND latest_position > :after;

-- name: sight_events
-- What decides which events of a room a person may see: their own memberships and the room's visibility, oldest first.
SELECT * FROM events
WHERE room_id = :room_id AND position <= :upto AND type = 'm.room.member' AND state_key = :user_id
UNION ALL
SELECT * FROM events
WHERE room_id = :room_id AND position <= :upto AND type = 'm.room.history_visibility' AND state_key = ''
ORDER BY position;

-- name: oldest_transactions
-- The requests that were done first.
SELECT * FROM transactions ORDER BY position LIMIT :max_rows;

-- name: newest_of_senders
-- What some people sent among the newest events of a room after a position.
SELECT * FROM (
    SELECT * FROM events WHERE room_id = :room_id AND position > :after ORDER BY position DESC LIMIT :look_back
) AS newest
WHERE sender IN :senders;

-- name: rooms_since
-- The rooms of the newest events, each with the position of the first of them.
SELECT room_id, MIN(position) FROM events WHERE position > :after AND ts > :since_ts GROUP BY room_id;
