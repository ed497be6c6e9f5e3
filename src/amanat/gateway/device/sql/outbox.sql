-- name: outgoing_of
-- What is to be said next in a room.
SELECT * FROM outbox WHERE room_id = :room_id ORDER BY position LIMIT :most;

-- name: rooms_with_outgoing
-- Where anything is to be said.
SELECT DISTINCT room_id FROM outbox ORDER BY room_id;

-- name: outbound_session
-- What a room's messages are encrypted with.
SELECT * FROM outbound_sessions WHERE room_id = :room_id;

-- name: shares_of
-- Who has the key of a room's messages, and who was told that they do not get it.
SELECT * FROM key_shares WHERE room_id = :room_id;

-- name: to_device_of
-- What goes to devices before a room's next message.
SELECT * FROM to_device_outbox WHERE room_id = :room_id ORDER BY position;

-- name: to_device_all
-- Everything that is to go to devices.
SELECT * FROM to_device_outbox ORDER BY position LIMIT 200;

-- name: to_device_apart
-- What is to go to devices and belongs to no room.
SELECT * FROM to_device_outbox WHERE room_id IS NULL ORDER BY position;
