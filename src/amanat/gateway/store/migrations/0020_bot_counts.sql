-- pre: how many there are of what a bot has only so many of

-- One row per kind of thing, changed in the unit that adds one or takes one away. At most as many rows as there are kinds.
CREATE TABLE bot_counts (
    name TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO bot_counts (name, number) SELECT 'products', count(*) FROM bot_products;
INSERT INTO bot_counts (name, number) SELECT 'dues', count(*) FROM bot_dues WHERE kind IN ('unban', 'unmute', 'close');
