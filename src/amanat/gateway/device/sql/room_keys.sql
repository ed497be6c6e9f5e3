-- name: room_keys_of
-- The keys of some sessions, in whichever rooms.
SELECT * FROM room_keys WHERE session_id IN :session_ids;
