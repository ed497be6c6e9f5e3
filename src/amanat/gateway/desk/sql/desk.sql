-- name: with_staff
-- The chats that the staff have in some states, the longest waiting first; of one member where one is named.
SELECT c.room_id, c.person, c.desk, c.language, c.state, c.assignee, c.since_ts,
    (SELECT COUNT(*) FROM desk_lines AS u
     WHERE u.room_id = c.room_id AND u.position > c.read_position AND u.sender = 'person') AS unread,
    l.sender AS last_sender, l.kind AS last_kind, l.text AS last_text, l.ts AS last_ts
FROM desk_chats AS c LEFT JOIN desk_lines AS l ON l.room_id = c.room_id AND l.position = c.said_position
WHERE c.state IN :states AND (:assignee = '' OR c.assignee = :assignee)
ORDER BY c.since_ts, c.room_id LIMIT :most;

-- name: listed
-- One chat as the inbox lists it.
SELECT c.room_id, c.person, c.desk, c.language, c.state, c.assignee, c.since_ts,
    (SELECT COUNT(*) FROM desk_lines AS u
     WHERE u.room_id = c.room_id AND u.position > c.read_position AND u.sender = 'person') AS unread,
    l.sender AS last_sender, l.kind AS last_kind, l.text AS last_text, l.ts AS last_ts
FROM desk_chats AS c LEFT JOIN desk_lines AS l ON l.room_id = c.room_id AND l.position = c.said_position
WHERE c.room_id = :room_id;

-- name: counts
-- How many chats the staff have, by state and by who has them.
SELECT state, assignee, COUNT(*) AS number FROM desk_chats WHERE state IN ('waiting', 'taken')
GROUP BY state, assignee;

-- name: chat
-- One chat.
SELECT room_id, person, desk, language, known, state, assignee, since_ts, said_position, read_position, went_ts
FROM desk_chats WHERE room_id = :room_id;

-- name: lines_before
-- The last lines of a chat before a position, the latest first.
SELECT room_id, position, sender, member, kind, text, ts, state, file FROM desk_lines
WHERE room_id = :room_id AND position < :before ORDER BY position DESC LIMIT :most;

-- name: line
-- One line of a chat.
SELECT room_id, position, sender, member, kind, text, ts, state, file FROM desk_lines
WHERE room_id = :room_id AND position = :position;

-- name: notes_of
-- The last notes about a chat, the latest first.
SELECT room_id, position, author, text, ts FROM desk_notes
WHERE room_id = :room_id ORDER BY position DESC LIMIT :most;

-- name: trail_before
-- What was done before a position, the latest first.
SELECT position, ts, who, what, about FROM desk_trail WHERE position < :before ORDER BY position DESC LIMIT :most;

-- name: assigned_to
-- The chats that a member of the staff has.
SELECT room_id, person, desk, language, known, state, assignee, since_ts, said_position, read_position, went_ts
FROM desk_chats WHERE assignee = :member AND state = 'taken' ORDER BY since_ts, room_id;

-- name: old_chats
-- The first chats that went back before a moment.
SELECT room_id, person, desk, language, known, state, assignee, since_ts, said_position, read_position, went_ts
FROM desk_chats WHERE went_ts < :before ORDER BY went_ts, room_id LIMIT :most;

-- name: lines_of
-- The first lines of a chat.
SELECT room_id, position, sender, member, kind, text, ts, state, file FROM desk_lines
WHERE room_id = :room_id ORDER BY position LIMIT :most;

-- name: old_lines
-- The first lines from before a moment.
SELECT room_id, position, sender, member, kind, text, ts, state, file FROM desk_lines
WHERE ts < :before ORDER BY ts, room_id, position LIMIT :most;

-- name: old_notes
-- The first notes from before a moment.
SELECT room_id, position, author, text, ts FROM desk_notes
WHERE ts < :before ORDER BY ts, room_id, position LIMIT :most;

-- name: old_requests
-- The first requests from before a moment.
SELECT member, txn_id, position, ts FROM desk_requests WHERE ts < :before ORDER BY ts, member, txn_id LIMIT :most;

-- name: old_trail
-- The first acts from before a moment.
SELECT position, ts, who, what, about FROM desk_trail WHERE ts < :before ORDER BY ts, position LIMIT :most;
