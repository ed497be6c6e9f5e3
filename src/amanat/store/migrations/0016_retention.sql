-- pre: rooms whose messages disappear, and how far they have

-- One row per room that has a timer: when it is to be looked at. Goes when nothing in the room is to disappear any more.
CREATE TABLE retention_rooms (
    room_id TEXT NOT NULL PRIMARY KEY,
    due_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX retention_rooms_due ON retention_rooms (due_ts, room_id);

-- One row per room that ever had one: everything up to here that was to disappear has.
CREATE TABLE retention_progress (
    room_id TEXT NOT NULL PRIMARY KEY,
    upto INTEGER NOT NULL
) WITHOUT ROWID;
