-- name: browser_session
-- A session, if its account has not ended.
SELECT browser_sessions.*
FROM browser_sessions
JOIN users ON users.user_id = browser_sessions.user_id
WHERE browser_sessions.session_hash = :session_hash AND users.deactivated_ts IS NULL;

-- name: browser_sessions_of
-- Somebody's sessions, the newest first.
SELECT * FROM browser_sessions WHERE user_id = :user_id ORDER BY signed_in_ts DESC, session_hash;

-- name: idle_browser_sessions
-- Sessions in which nothing has been done since a time.
SELECT * FROM browser_sessions WHERE seen_ts <= :since LIMIT :max_rows;

-- name: findable
-- Whether somebody may be found by their number.
SELECT * FROM findable_by_number WHERE user_id = :user_id;
