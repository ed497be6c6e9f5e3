-- name: pushers_of_user
-- A person's pushers, oldest first.
SELECT * FROM pushers WHERE user_id = :user_id ORDER BY created_ts, app_id, pushkey;

-- name: pushers_by_key
-- The pushers, whoever's, of one app and push key.
SELECT * FROM pushers WHERE app_id = :app_id AND pushkey = :pushkey LIMIT :max_rows;

-- name: pushers_of_users
-- The pushers of some people.
SELECT * FROM pushers WHERE user_id IN :user_ids;

-- name: any_pusher
-- A pusher, if there are any.
SELECT * FROM pushers LIMIT 1;

-- name: in_room_with_pushers
-- Who is in a room and has a pusher.
SELECT user_id FROM members
WHERE room_id = :room_id AND membership = 'join'
AND EXISTS (SELECT 1 FROM pushers WHERE pushers.user_id = members.user_id);

-- name: all_push_retries
-- The pushes that did not go through.
SELECT * FROM push_retries ORDER BY user_id, app_id, pushkey LIMIT :max_rows;
