-- name: export_of
-- The copy that a person has asked for.
SELECT * FROM exports WHERE user_id = :user_id;

-- name: expired_exports
-- Copies whose time has run out.
SELECT * FROM exports WHERE expires_ts <= :now ORDER BY expires_ts LIMIT :max_rows;

-- name: events_of_room_after
-- A room's events in their order.
SELECT * FROM events WHERE room_id = :room_id AND position > :after ORDER BY position LIMIT :max_rows;

-- name: member_events_about
-- All that was ever said of a person's membership of a room, by whomever.
SELECT * FROM events WHERE room_id = :room_id AND type = 'm.room.member' AND state_key = :user_id
AND position > :after ORDER BY position LIMIT :max_rows;

-- name: people_after
-- People whose accounts are in use, in the order of their ids.
SELECT * FROM users WHERE user_id > :after AND deactivated_ts IS NULL AND kind = 'person'
ORDER BY user_id LIMIT :max_rows;
