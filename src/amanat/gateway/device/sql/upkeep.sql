-- name: waiting_untold
-- Events that have waited for their keys since before a time, and nobody was told.
SELECT * FROM waiting_events WHERE told = 0 AND since_ts < :before ORDER BY since_ts LIMIT 100;
