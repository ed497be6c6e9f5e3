-- name: due_conversations
-- Where something falls due by now, the longest overdue first.
SELECT room_id FROM conversations WHERE due_ts <= :now ORDER BY due_ts LIMIT 100;

-- name: oldest_acts
-- What is to be done, in the order in which it was begun.
SELECT room_id, conversation, act, since_ts FROM acts ORDER BY since_ts, room_id LIMIT :limit;

-- name: conversation
-- Where one stands.
SELECT room_id, conversation, person, session, due_ts, desk FROM conversations WHERE room_id = :room_id;

-- name: oldest_notices
-- What is to be told, in its order.
SELECT position, room_id, notice FROM notices ORDER BY position LIMIT 100;

-- name: oldest_handouts
-- What is to be handed out, in its order.
SELECT position, room_id, handout FROM handouts ORDER BY position LIMIT 50;
