-- name: links_of
-- The links into a group, the newest first.
SELECT token, room_id, name, made_ts, expire_ts, member_limit, by_request, is_primary, revoked_ts, opened FROM bot_links
WHERE room_id = :room_id ORDER BY made_ts DESC, token;

-- name: old_links
-- Links that were revoked too long ago, and those into groups that the bot is out of.
SELECT token, room_id, name, made_ts, expire_ts, member_limit, by_request, is_primary, revoked_ts, opened FROM bot_links
WHERE (revoked_ts <> 0 AND revoked_ts < :before)
    OR room_id IN (SELECT c.room_id FROM bot_chats AS c WHERE c.is_in = 0)
ORDER BY token LIMIT 1000;

-- name: guest
-- Who has come by a link, or is about to.
SELECT room_id, user_id, token, state, ts FROM bot_link_guests WHERE room_id = :room_id AND user_id = :user_id;

-- name: lost_guests
-- Who came by a link into a group that the bot is out of.
SELECT room_id, user_id, token, state, ts FROM bot_link_guests
WHERE room_id IN (SELECT c.room_id FROM bot_chats AS c WHERE c.is_in = 0) ORDER BY room_id, user_id LIMIT 1000;
