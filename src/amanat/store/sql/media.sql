-- name: media_by_id
-- One file.
SELECT * FROM media WHERE media_id = :media_id;

-- name: media_of_user
-- Some of a person's files.
SELECT * FROM media WHERE user_id = :user_id ORDER BY media_id LIMIT :max_rows;

-- name: usage_of_user
-- What a person's files take.
SELECT * FROM media_usage WHERE user_id = :user_id;

-- name: pending_by_id
-- An address whose content has not come.
SELECT * FROM media_pending WHERE media_id = :media_id;

-- name: pending_of_user
-- The addresses of a person whose content has not come.
SELECT * FROM media_pending WHERE user_id = :user_id;

-- name: expired_pending
-- Some addresses whose content did not come in time.
SELECT * FROM media_pending WHERE expires_ts <= :before ORDER BY expires_ts, media_id LIMIT :max_rows;

-- name: thumbnail
-- One variant of a picture.
SELECT * FROM thumbnails WHERE media_id = :media_id AND variant = :variant;

-- name: released
-- Some media that somebody stopped showing, the longest ago first.
SELECT * FROM media_released WHERE ts <= :before ORDER BY ts, media_id LIMIT :max_rows;

-- name: references_after
-- Some references, in the order of their keys, and whether they are to media of the person's own.
SELECT media_id, user_id, source, CASE
    WHEN EXISTS (SELECT 1 FROM media WHERE media.media_id = held.media_id AND media.user_id = held.user_id) THEN 1
    WHEN EXISTS (
        SELECT 1 FROM media_pending WHERE media_pending.media_id = held.media_id AND media_pending.user_id = held.user_id
    ) THEN 1
    ELSE 0
END
FROM media_references AS held WHERE (media_id, user_id, source) > (:media_id, :user_id, :source)
ORDER BY media_id, user_id, source LIMIT :max_rows;

-- name: blobs_in_use
-- Which of these blobs a row stands for.
SELECT blob FROM media WHERE blob IN :blobs
UNION
SELECT blob FROM thumbnails WHERE blob IN :blobs
UNION
SELECT blob FROM exports WHERE blob IN :blobs;
