-- name: appearances
-- How people appear in rooms: those of some ids who have an account that is in use.
SELECT users.user_id, names.value, avatars.value FROM users
LEFT JOIN profiles AS names ON names.user_id = users.user_id AND names.field = 'displayname'
LEFT JOIN profiles AS avatars ON avatars.user_id = users.user_id AND avatars.field = 'avatar_url'
WHERE users.user_id IN :user_ids AND users.deactivated_ts IS NULL;
