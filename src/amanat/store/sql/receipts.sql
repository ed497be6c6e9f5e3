-- name: receipts_changed
-- A room's receipts that moved in (after, upto]. What sending moves is no news, and not in the index.
SELECT * FROM receipts
WHERE room_id = :room_id AND kind <> 'id.amanat.sent' AND position > :after AND position <= :upto;

-- name: highlights_after
-- Mentions of a person in a room after a position.
SELECT * FROM highlights WHERE user_id = :user_id AND room_id = :room_id AND position > :after;

-- name: receipts_of_rooms
-- The receipts of several rooms that moved in (after, upto].
SELECT * FROM receipts
WHERE room_id IN :room_ids AND kind <> 'id.amanat.sent' AND position > :after AND position <= :upto;

-- name: own_receipts_of_rooms
-- Where one person stands in several rooms.
SELECT * FROM receipts WHERE room_id IN :room_ids AND user_id = :user_id;
