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

-- name: newest_of_rooms
-- The newest events of several rooms up to a position, so many of each, in no order.
SELECT events.* FROM rooms CROSS JOIN events ON events.position IN (
    SELECT newest.position FROM events AS newest
    WHERE newest.room_id = rooms.room_id AND newest.position <= :upto ORDER BY newest.position DESC LIMIT :max_rows
)
WHERE rooms.room_id IN :room_ids;

-- name: state_of_rooms
-- The current state of several rooms but for their members.
SELECT
    events.room_id, events.type, events.state_key, events.event_id, events.position, events.sender,
    events.replaces_state, events.json
FROM state JOIN events ON events.position = state.position WHERE state.room_id IN :room_ids;

-- name: members_of_rooms
-- The current member events of several rooms.
SELECT
    events.room_id, events.type, events.state_key, events.event_id, events.position, events.sender,
    events.replaces_state, events.json
FROM members JOIN events ON events.position = members.position WHERE members.room_id IN :room_ids;

-- name: some_members_of_rooms
-- The current member events of some people in several rooms.
SELECT
    events.room_id, events.type, events.state_key, events.event_id, events.position, events.sender,
    events.replaces_state, events.json
FROM members JOIN events ON events.position = members.position
WHERE members.room_id IN :room_ids AND members.user_id IN :user_ids;

-- name: state_events_at
-- A room's state as it was at a position.
SELECT room_id, type, state_key, event_id, position, sender, replaces_state, json FROM events WHERE position IN (
    SELECT max(position) FROM events
    WHERE room_id = :room_id AND state_key IS NOT NULL AND position <= :upto GROUP BY type, state_key
);

-- name: state_events_by_ids
-- Several state events, in no order.
SELECT room_id, type, state_key, event_id, position, sender, replaces_state, json FROM events
WHERE event_id IN :event_ids;
