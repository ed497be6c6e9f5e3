-- pre: bots of other systems' APIs: whom they know by which number, what was said, what waits for them

-- Whom a bot has met, by the number that this bot alone knows them by: one row per person who wrote to it, for good, as
-- a bot's own data names people by it.
CREATE TABLE bot_people (
    user_id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX bot_people_number ON bot_people (number);
CREATE INDEX bot_people_phone ON bot_people (phone) WHERE phone <> '';

-- The bot's chats: one row per room it is in. `person`: of a private one. `menu`: the last message with choices, as JSON.
CREATE TABLE bot_chats (
    room_id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    person TEXT NOT NULL,
    is_in INTEGER NOT NULL,
    heard_ts INTEGER NOT NULL,
    menu BLOB
) WITHOUT ROWID;

CREATE INDEX bot_chats_number ON bot_chats (number, heard_ts);

-- What was said in them, by event and by number, as JSON in plain text. A row goes 30 days after
-- it came.
CREATE TABLE bot_messages (
    event_id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    kept BLOB NOT NULL,
    came_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX bot_messages_number ON bot_messages (number);
CREATE INDEX bot_messages_came ON bot_messages (came_ts);

-- What the bot says and the server does not have yet. A row goes with the server's answer.
CREATE TABLE bot_sayings (
    number INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    kept BLOB NOT NULL
) WITHOUT ROWID;

-- The bot's own reactions, one per message, so that they can be taken back. A row goes with its message.
CREATE TABLE bot_reactions (
    number INTEGER NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL,
    emoji TEXT NOT NULL,
    ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX bot_reactions_ts ON bot_reactions (ts);

-- Files: what opens them. A row goes after 30 days.
CREATE TABLE bot_files (
    number INTEGER NOT NULL PRIMARY KEY,
    file BLOB NOT NULL,
    name TEXT NOT NULL,
    mimetype TEXT NOT NULL,
    size INTEGER NOT NULL,
    ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX bot_files_ts ON bot_files (ts);

-- What waits for the bot, at most 100,000 rows; the oldest go first. A row goes when the bot has it, or after as long as
-- its API says.
CREATE TABLE bot_updates (
    position INTEGER NOT NULL PRIMARY KEY,
    chat INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    ts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    due_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX bot_updates_chat ON bot_updates (chat, position);
CREATE INDEX bot_updates_ts ON bot_updates (ts);

-- The last 100 tries to deliver to a webhook.
CREATE TABLE bot_deliveries (
    position INTEGER NOT NULL PRIMARY KEY,
    update_position INTEGER NOT NULL,
    chat INTEGER NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL,
    ts INTEGER NOT NULL,
    took_ms INTEGER NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL
) WITHOUT ROWID;

-- What an API keeps by name: a few dozen rows.
CREATE TABLE bot_settings (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;
