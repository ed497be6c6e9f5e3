-- name: room_by_id
-- One room.
SELECT * FROM rooms WHERE room_id = :room_id;

-- name: current_state
-- A room's current state but for its members.
SELECT events.* FROM state JOIN events ON events.position = state.position WHERE state.room_id = :room_id;

-- name: member_events
-- The current member events of a room, of the given memberships.
SELECT events.* FROM members JOIN events ON events.position = members.position
WHERE members.room_id = :room_id AND members.membership IN :memberships;

-- name: members_of_room
-- A room's members of the given memberships.
SELECT * FROM members WHERE room_id = :room_id AND membership IN :memberships;

-- name: member
-- What one person is in a room.
SELECT * FROM members WHERE room_id = :room_id AND user_id = :user_id;

-- name: some_members
-- What some people are in a room.
SELECT * FROM members WHERE room_id = :room_id AND user_id IN :user_ids;

-- name: memberships_of_user
-- Every room that a person is or was in.
SELECT * FROM members WHERE user_id = :user_id;

-- name: heroes
-- The first few members of a room other than one person, by when they became so.
SELECT * FROM members WHERE room_id = :room_id AND user_id <> :user_id AND membership IN :memberships
ORDER BY position LIMIT 5;

-- name: member_events_of
-- The current member events of some people in some rooms.
SELECT events.* FROM members JOIN events ON events.position = members.position
WHERE members.room_id IN :room_ids AND members.user_id IN :user_ids;

-- name: rooms_changed
-- The rooms a person is or was in that have an event or a receipt after a position.
SELECT members.room_id FROM members WHERE members.user_id = :user_id AND (
    EXISTS (SELECT 1 FROM events WHERE events.room_id = members.room_id AND events.position > :after)
    OR EXISTS (SELECT 1 FROM receipts WHERE receipts.room_id = members.room_id AND receipts.position > :after)
);

-- name: rooms_by_ids
-- Several rooms.
SELECT * FROM rooms WHERE room_id IN :room_ids;

-- name: heroes_of_rooms
-- Who is in some rooms, or was, other than one person, by when they became so.
SELECT room_id, user_id, membership FROM members WHERE room_id IN :room_ids AND user_id <> :user_id ORDER BY position;

-- name: heads_of_rooms
-- Rooms' newest events; where the newest in a thread stands, and the newest that mentions somebody.
SELECT
    rooms.room_id, newest.event_id, newest.position, newest.depth, newest.main_notifying,
    COALESCE((SELECT max(latest_position) FROM threads WHERE threads.room_id = rooms.room_id), 0),
    COALESCE((SELECT max(position) FROM highlights WHERE highlights.room_id = rooms.room_id), 0)
FROM rooms JOIN events AS newest
    ON newest.position = (SELECT max(position) FROM events WHERE events.room_id = rooms.room_id)
WHERE rooms.room_id IN :room_ids;
