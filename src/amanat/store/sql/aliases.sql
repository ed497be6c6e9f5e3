-- name: alias
-- One alias.
SELECT * FROM aliases WHERE alias = :alias;

-- name: aliases_of_room
-- The aliases of a room.
SELECT * FROM aliases WHERE room_id = :room_id ORDER BY alias;

-- name: alias_counts
-- How many aliases a room has, and how many a person made.
SELECT
    (SELECT count(*) FROM aliases WHERE room_id = :room_id),
    (SELECT count(*) FROM aliases WHERE creator = :creator);
