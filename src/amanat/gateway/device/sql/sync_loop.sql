-- name: position
-- Up to where the server has told.
SELECT user_id, next_batch FROM sync_position;
