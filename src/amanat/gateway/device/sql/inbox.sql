-- name: oldest_came
-- Some of what came first.
SELECT * FROM inbox ORDER BY position LIMIT :most;
