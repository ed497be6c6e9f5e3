-- name: pushers_of_user
-- A person's pushers, oldest first.
SELECT * FROM pushers WHERE user_id = :user_id ORDER BY created_ts, app_id, pushkey;

-- name: pushers_by_key
-- The pushers, whoever's, of one app and push key.
SELECT * FROM pushers WHERE app_id = :app_id AND pushkey = :pushkey LIMIT :max_rows;
