-- name: job
-- One job.
SELECT * FROM jobs WHERE kind = :kind AND subject = :subject;

-- name: all_jobs
-- Jobs that are not done.
SELECT * FROM jobs ORDER BY kind, subject LIMIT :max_rows;
