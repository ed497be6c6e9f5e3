-- name: due_now
-- What is due, the longest overdue first.
SELECT kind, room_id, user_id, number, due_ts, until_ts, tries, seen, former FROM bot_dues
WHERE due_ts <= :now ORDER BY due_ts, kind, room_id, user_id, number LIMIT 50;

-- name: next_due
-- What is due next.
SELECT kind, room_id, user_id, number, due_ts, until_ts, tries, seen, former FROM bot_dues ORDER BY due_ts LIMIT 1;

-- name: due_of
-- What is to be done about somebody.
SELECT kind, room_id, user_id, number, due_ts, until_ts, tries, seen, former FROM bot_dues
WHERE kind = :kind AND room_id = :room_id AND user_id = :user_id AND number = 0;
