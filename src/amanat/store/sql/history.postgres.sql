-- name: newest_of_rooms
-- The newest events of several rooms up to a position, so many of each, in no order.
SELECT newest.* FROM rooms CROSS JOIN LATERAL (
    SELECT * FROM events WHERE events.room_id = rooms.room_id AND events.position <= :upto
    ORDER BY events.position DESC LIMIT :max_rows
) AS newest
WHERE rooms.room_id IN :room_ids;
