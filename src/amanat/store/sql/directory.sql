-- name: listed_after
-- The rooms of the public directory that come after a place, the largest first.
SELECT * FROM rooms WHERE listed = 1 AND (joined, room_id) < (:joined, :room_id)
ORDER BY joined DESC, room_id DESC LIMIT :max_rows;

-- name: listed_before
-- The rooms of the public directory that come before a place, the nearest first.
SELECT * FROM rooms WHERE listed = 1 AND (joined, room_id) > (:joined, :room_id)
ORDER BY joined, room_id LIMIT :max_rows;

-- name: listed_count
-- How many rooms the public directory has.
SELECT count(*) FROM rooms WHERE listed = 1;
