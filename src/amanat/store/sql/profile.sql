-- name: profile
-- What one person says of themselves.
SELECT * FROM profiles WHERE user_id = :user_id;

-- name: shares_room
-- Whether two people are in a room together, or one has been invited by it.
SELECT 1 AS found FROM members AS mine JOIN members AS theirs ON theirs.room_id = mine.room_id
WHERE mine.user_id = :user_id AND mine.membership IN ('join', 'invite')
AND theirs.user_id = :other_id AND theirs.membership IN ('join', 'invite', 'knock')
LIMIT 1;

-- name: peers_called
-- People in the rooms of a person whose name or handle matches a pattern.
SELECT * FROM users
WHERE user_id <> :user_id AND deactivated_ts IS NULL
AND (search_name LIKE :pattern ESCAPE '!' OR handle LIKE :pattern ESCAPE '!')
AND user_id IN (
    SELECT theirs.user_id FROM members AS mine JOIN members AS theirs ON theirs.room_id = mine.room_id
    WHERE mine.user_id = :user_id AND mine.membership = 'join' AND theirs.membership = 'join'
)
ORDER BY user_id LIMIT :max_rows;
