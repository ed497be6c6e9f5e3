-- name: person_of_number
-- Whom a bot knows by a number.
SELECT user_id, number, name, phone, is_blocked FROM bot_people WHERE number = :number;

-- name: person_of_phone
-- Who shared a phone number with the bot.
SELECT user_id, number, name, phone, is_blocked FROM bot_people WHERE phone = :phone ORDER BY number LIMIT 1;

-- name: people_with_phone
-- Who has shared a phone number with the bot, behind a number.
SELECT user_id, number, name, phone, is_blocked FROM bot_people
WHERE phone <> '' AND number > :after ORDER BY number LIMIT 100;

-- name: messages_of
-- What somebody said.
SELECT event_id, number, room_id, user_id, ts, kept, came_ts FROM bot_messages WHERE user_id = :user_id ORDER BY number;

-- name: people_of
-- Whom a bot knows among some people.
SELECT user_id, number, name, phone, is_blocked FROM bot_people WHERE user_id IN :user_ids ORDER BY number;

-- name: blocked_people
-- Whom the bot does not want to hear, behind a number.
SELECT user_id, number, name, phone, is_blocked FROM bot_people
WHERE is_blocked = 1 AND number > :after ORDER BY number LIMIT :most;

-- name: chat_of_number
-- The room of a chat; of several with the same person, the one where something was said last.
SELECT room_id, number, kind, title, person, is_in, heard_ts, menu,
    read_to, read_ts, read_told, read_event, act, act_event FROM bot_chats
WHERE number = :number ORDER BY is_in DESC, heard_ts DESC LIMIT 1;

-- name: chat_of_room
-- The chat in a room.
SELECT room_id, number, kind, title, person, is_in, heard_ts, menu,
    read_to, read_ts, read_told, read_event, act, act_event FROM bot_chats WHERE room_id = :room_id;

-- name: chats_read
-- Where somebody has read more than the bot was told.
SELECT room_id, number, kind, title, person, is_in, heard_ts, menu,
    read_to, read_ts, read_told, read_event, act, act_event FROM bot_chats
WHERE read_told < read_to ORDER BY room_id LIMIT 100;

-- name: said_between
-- What the bot said in a room behind one number and up to another, the newest first.
SELECT event_id, number, room_id, user_id, ts, kept, came_ts FROM bot_messages
WHERE room_id = :room_id AND user_id = '' AND number > :after AND number <= :upto ORDER BY number DESC LIMIT :most;

-- name: message_of_number
-- A message the server has.
SELECT event_id, number, room_id, user_id, ts, kept, came_ts FROM bot_messages WHERE number = :number;

-- name: message_of_event
-- A message the server has, by its event.
SELECT event_id, number, room_id, user_id, ts, kept, came_ts FROM bot_messages WHERE event_id = :event_id;

-- name: saying_of_number
-- A message on its way.
SELECT number, room_id, ts, kept FROM bot_sayings WHERE number = :number;

-- name: reaction_of_number
-- The bot's reaction to a message.
SELECT number, event_id, emoji, ts FROM bot_reactions WHERE number = :number;

-- name: file_of_number
-- What opens a file.
SELECT number, file, name, mimetype, size, ts FROM bot_files WHERE number = :number;

-- name: updates_after
-- What waits behind a position.
SELECT position, chat, kind, body, ts, tries, due_ts FROM bot_updates
WHERE position > :after ORDER BY position LIMIT :most;

-- name: last_updates
-- The newest of what waits, the newest first.
SELECT position, chat, kind, body, ts, tries, due_ts FROM bot_updates ORDER BY position DESC LIMIT :most;

-- name: head_of
-- The oldest update of a chat: what is behind it waits for it.
SELECT position, chat, kind, body, ts, tries, due_ts FROM bot_updates WHERE chat = :chat ORDER BY position LIMIT 1;

-- name: waiting_chats
-- In which chats something waits, the one that has waited longest first, and the newest there.
SELECT chat, MAX(position) AS newest FROM bot_updates GROUP BY chat ORDER BY MIN(position);

-- name: number_of_updates
-- How many wait.
SELECT COUNT(*) AS number FROM bot_updates;

-- name: old_updates
-- What has waited too long, or is too much.
SELECT position, chat, kind, body, ts, tries, due_ts FROM bot_updates
WHERE ts < :before OR position <= :to ORDER BY position LIMIT 1000;

-- name: last_deliveries
-- The last tries, the newest first.
SELECT position, update_position, chat, kind, body, ts, took_ms, status, answer FROM bot_deliveries
ORDER BY position DESC LIMIT 100;

-- name: delivery_of_position
-- One try.
SELECT position, update_position, chat, kind, body, ts, took_ms, status, answer FROM bot_deliveries
WHERE position = :position;

-- name: tried_and_waiting
-- Which of the updates that were tried last still wait.
SELECT u.position AS number FROM bot_updates AS u
WHERE u.position IN (SELECT d.update_position FROM bot_deliveries AS d) ORDER BY u.position;

-- name: setting
-- What was kept under a name.
SELECT name, value FROM bot_settings WHERE name = :name;

-- name: old_messages
-- What was said too long ago, but for polls that are to be ended yet.
SELECT event_id, number, room_id, user_id, ts, kept, came_ts FROM bot_messages
WHERE came_ts < :before AND number NOT IN (SELECT number FROM bot_dues WHERE number <> 0)
ORDER BY came_ts LIMIT 1000;

-- name: old_files
-- Files of too long ago.
SELECT number FROM bot_files WHERE ts < :before ORDER BY ts LIMIT 1000;

-- name: old_reactions
-- Reactions of too long ago.
SELECT number FROM bot_reactions WHERE ts < :before ORDER BY ts LIMIT 1000;

-- name: old_forms
-- Forms that were sent last before a time.
SELECT digest, screens, ts FROM bot_forms WHERE ts < :before ORDER BY ts LIMIT 100;

-- name: vote_of_event
-- What was voted with an event.
SELECT poll, user_id, event_id, ts, chosen, came_ts FROM bot_votes WHERE event_id = :event_id;

-- name: old_votes
-- Votes of too long ago; their poll is older.
SELECT poll, user_id, event_id, ts, chosen, came_ts FROM bot_votes WHERE came_ts < :before ORDER BY came_ts LIMIT 1000;

-- name: draft_of
-- The form that somebody is being asked in a room.
SELECT room_id, draft, ts FROM bot_form_drafts WHERE room_id = :room_id;

-- name: old_drafts
-- Forms that were left lying.
SELECT room_id, draft, ts FROM bot_form_drafts WHERE ts < :before ORDER BY ts LIMIT 100;
