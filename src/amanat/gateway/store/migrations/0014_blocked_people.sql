-- pre: whom a bot does not want to hear

ALTER TABLE bot_people ADD COLUMN is_blocked INTEGER NOT NULL DEFAULT 0;

CREATE INDEX bot_people_blocked ON bot_people (number) WHERE is_blocked = 1;
