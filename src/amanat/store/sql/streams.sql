-- name: all_positions
-- Every stream and the last position given in it.
SELECT stream, position FROM streams;

-- name: all_meta
-- The server's facts about itself: name, epoch, what command made the data.
SELECT name, value FROM meta;
