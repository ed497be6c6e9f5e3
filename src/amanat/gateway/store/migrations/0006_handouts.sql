-- pre: what people get beside the words: the ticket as a picture, the calendar file

-- What is still to be made into files, uploaded and said. At most one row for each booking, move or cancellation that was
-- answered while the server took no files; a row goes with the unit that puts its messages into the outbox.
CREATE TABLE handouts (
    position INTEGER NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    handout BLOB NOT NULL
) WITHOUT ROWID;
