-- name: members_at
-- A room's member events as they stood at a position.
SELECT * FROM events WHERE position IN (
    SELECT max(position) FROM events
    WHERE room_id = :room_id AND type = 'm.room.member' AND state_key IS NOT NULL AND position <= :upto
    GROUP BY state_key
);

-- name: some_members_at
-- The member events of some people as they stood at a position.
SELECT * FROM events WHERE position IN (
    SELECT max(position) FROM events
    WHERE room_id = :room_id AND type = 'm.room.member' AND state_key IN :user_ids AND position <= :upto
    GROUP BY state_key
);

-- name: state_but_members_at
-- A room's state but for its members as it stood at a position.
SELECT * FROM events WHERE position IN (
    SELECT max(position) FROM events
    WHERE room_id = :room_id AND state_key IS NOT NULL AND type <> 'm.room.member' AND position <= :upto
    GROUP BY type, state_key
);

-- name: state_event_at
-- One piece of a room's state as it stood at a position.
SELECT * FROM events
WHERE room_id = :room_id AND type = :type AND state_key = :state_key AND position <= :upto
ORDER BY position DESC LIMIT 1;

-- name: events_at
-- The events at several positions, in no order.
SELECT * FROM events WHERE position IN :positions#;
