-- name: links_of
-- The links into a group, the newest first.
SELECT token, room_id, name, made_ts, expire_ts, member_limit, by_request, is_primary, revoked_ts, opened FROM bot_links
WHERE room_id = :room_id ORDER BY made_ts DESC, token;

-- name: old_links
-- Links that were revoked too long ago.
SELECT token, room_id, name, made_ts, expire_ts, member_limit, by_request, is_primary, revoked_ts, opened FROM bot_links
WHERE revoked_ts <> 0 AND revoked_ts < :before ORDER BY revoked_ts LIMIT 1000;
