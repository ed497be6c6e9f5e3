-- name: open_of_desk
-- What waits for an answer at a desk, the longest first.
SELECT number, desk, room_id, person, details, status, opened_ts, changed_ts, answer FROM tickets
WHERE desk = :desk AND status = 'open' ORDER BY opened_ts, number LIMIT 500;

-- name: in_state
-- The tickets in a state, the longest there first.
SELECT number, desk, room_id, person, details, status, opened_ts, changed_ts, answer FROM tickets
WHERE status = :status ORDER BY opened_ts, number LIMIT :most;

-- name: latest_in_state
-- The tickets in a state, those opened last first.
SELECT number, desk, room_id, person, details, status, opened_ts, changed_ts, answer FROM tickets
WHERE status = :status ORDER BY opened_ts DESC, number LIMIT :most;
