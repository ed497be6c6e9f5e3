-- pre: what people keep about themselves and their rooms, and their filters

-- Bounded by MAX_TYPES per person and room (handlers/account_data.py). `room_id` is empty for what is about no room.
CREATE TABLE account_data (
    user_id TEXT NOT NULL,
    room_id TEXT NOT NULL,
    type TEXT NOT NULL,
    content BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (user_id, room_id, type)
) WITHOUT ROWID;

CREATE INDEX account_data_position ON account_data (user_id, position);

-- Bounded by MAX_FILTERS per person (handlers/filters.py); the id is a hash, so the same filter is kept once.
CREATE TABLE filters (
    user_id TEXT NOT NULL,
    filter_id TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (user_id, filter_id)
) WITHOUT ROWID;
