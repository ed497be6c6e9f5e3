-- name: key_backup
-- One version of a person's backup, unless it is deleted.
SELECT * FROM key_backups WHERE user_id = :user_id AND version = :version AND deleted = 0;

-- name: newest_key_backup
-- The newest version of a person's backup that is not deleted.
SELECT * FROM key_backups WHERE user_id = :user_id AND deleted = 0 ORDER BY version DESC LIMIT 1;

-- name: last_key_backup
-- The newest version that a person ever made, deleted or not.
SELECT * FROM key_backups WHERE user_id = :user_id ORDER BY version DESC LIMIT 1;

-- name: key_backups_of
-- The versions of a person's backup that are not deleted.
SELECT * FROM key_backups WHERE user_id = :user_id AND deleted = 0;

-- name: backed_up_keys_after
-- A page of a backup's keys, by room and session.
SELECT * FROM backed_up_keys
WHERE user_id = :user_id AND version = :version AND (room_id, session_id) > (:room_id, :session_id)
ORDER BY room_id, session_id LIMIT :max_rows;

-- name: backed_up_keys_of_room
-- A page of a backup's keys of one room, by session.
SELECT * FROM backed_up_keys
WHERE user_id = :user_id AND version = :version AND room_id = :room_id AND session_id > :session_id
ORDER BY session_id LIMIT :max_rows;

-- name: backed_up_key
-- One key of a backup.
SELECT * FROM backed_up_keys
WHERE user_id = :user_id AND version = :version AND room_id = :room_id AND session_id = :session_id;
