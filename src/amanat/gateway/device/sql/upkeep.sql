-- name: waiting_untold
-- Events that wait for their keys, and nobody was told.
SELECT * FROM waiting_events WHERE told = 0 ORDER BY since_ts LIMIT 100;
