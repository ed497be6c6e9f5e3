-- name: open_of_desk
-- What waits for an answer at a desk, the longest first.
SELECT number, desk, room_id, person, details, status, opened_ts, changed_ts FROM tickets
WHERE desk = :desk AND status = 'open' ORDER BY opened_ts, number LIMIT 500;
