-- name: room
-- One room.
SELECT * FROM rooms WHERE room_id = :room_id;

-- name: members_of
-- Who is in a room, or invited to it.
SELECT * FROM members WHERE room_id = :room_id ORDER BY user_id;

-- name: writers_of
-- Who has written in a room.
SELECT * FROM writers WHERE room_id = :room_id;

-- name: rooms_not_joined
-- Rooms that are to be joined, or to be forgotten.
SELECT * FROM rooms WHERE membership <> 'join' ORDER BY room_id;
