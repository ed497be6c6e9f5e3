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

-- name: groups_not_noticed
-- Rooms of more than two of which nobody was told what the service is.
SELECT r.* FROM rooms AS r
WHERE r.membership = 'join' AND r.noticed = 0 AND (SELECT COUNT(*) FROM members AS m WHERE m.room_id = r.room_id) > 2
ORDER BY r.room_id;

-- name: new_groups
-- Those of some rooms.
SELECT r.* FROM rooms AS r
WHERE r.room_id IN :room_ids AND r.membership = 'join' AND r.noticed = 0
AND (SELECT COUNT(*) FROM members AS m WHERE m.room_id = r.room_id) > 2
ORDER BY r.room_id;
