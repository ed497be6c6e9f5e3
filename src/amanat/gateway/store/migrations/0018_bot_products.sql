-- pre: what a bot sells

-- One row per product of the bot's one catalogue, at most 2,000. `file` opens its picture, which lies locked with the
-- homeserver. A row stays until the bot's program deletes it.
CREATE TABLE bot_products (
    id TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL,
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    exponent INTEGER NOT NULL,
    available INTEGER NOT NULL,
    url TEXT NOT NULL,
    file BLOB,
    mimetype TEXT NOT NULL,
    size INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX bot_products_number ON bot_products (number);
