-- pre: the names by which rooms are found

-- Bounded by MAX_ALIASES per room and MAX_OWN_ALIASES per person (handlers/aliases.py).
CREATE TABLE aliases (
    alias TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    creator TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX aliases_room ON aliases (room_id);
CREATE INDEX aliases_creator ON aliases (creator);
