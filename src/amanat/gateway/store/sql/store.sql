-- name: all_positions
-- Every stream and the last position given in it.
SELECT stream, position FROM streams;

-- name: all_meta
-- Whose data this is.
SELECT name, value FROM meta;
