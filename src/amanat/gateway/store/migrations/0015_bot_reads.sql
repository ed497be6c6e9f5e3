-- pre: how far people have read what a bot said, where its API tells that

-- One person's, of a private chat; all go with its row. `read_to`: the number up to which they have read, as their app
-- said at `read_ts`; `read_told`: up to which the bot was told. `read_event`: what they have read that is no message of
-- the bot's, or none yet. `act_event`: the newest that the bot did there beside saying something, under the number `act`.
ALTER TABLE bot_chats ADD COLUMN read_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bot_chats ADD COLUMN read_ts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bot_chats ADD COLUMN read_told INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bot_chats ADD COLUMN read_event TEXT NOT NULL DEFAULT '';
ALTER TABLE bot_chats ADD COLUMN act INTEGER NOT NULL DEFAULT 0;
ALTER TABLE bot_chats ADD COLUMN act_event TEXT NOT NULL DEFAULT '';

CREATE INDEX bot_chats_read ON bot_chats (room_id) WHERE read_told < read_to;
CREATE INDEX bot_messages_said ON bot_messages (room_id, number) WHERE user_id = '';
