-- name: recoveries_due
-- Broken channels in whose place none was begun yet.
SELECT * FROM olm_recoveries WHERE done = 0;
