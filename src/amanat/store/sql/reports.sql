-- name: report_count
-- How many reports of a person are kept.
SELECT count(*) FROM reports WHERE reporter = :reporter;

