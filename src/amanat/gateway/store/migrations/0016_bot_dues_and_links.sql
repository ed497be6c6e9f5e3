-- pre: what bots want done at its time, and the links by which people come into their groups

-- What is to be done at its time: a ban or a silence that ends, a poll that is over, somebody by a link who is let in or
-- turned away. `seen`: what must still be there. At most 10,000 of those that a program asked for; a row goes once it is
-- done, or when it has been in vain for a week.
CREATE TABLE bot_dues (
    kind TEXT NOT NULL,
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    due_ts INTEGER NOT NULL,
    until_ts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    seen TEXT NOT NULL,
    PRIMARY KEY (kind, room_id, user_id, number)
) WITHOUT ROWID;

CREATE INDEX bot_dues_due ON bot_dues (due_ts);
CREATE INDEX bot_dues_number ON bot_dues (number) WHERE number <> 0;

-- Links into groups, by the random token that stands in them. At most 1,000 of a group; one that is revoked goes after
-- 30 days.
CREATE TABLE bot_links (
    token TEXT NOT NULL PRIMARY KEY,
    room_id TEXT NOT NULL,
    name TEXT NOT NULL,
    made_ts INTEGER NOT NULL,
    expire_ts INTEGER NOT NULL,
    member_limit INTEGER NOT NULL,
    by_request INTEGER NOT NULL,
    is_primary INTEGER NOT NULL,
    revoked_ts INTEGER NOT NULL,
    opened INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX bot_links_room ON bot_links (room_id);
CREATE INDEX bot_links_revoked ON bot_links (revoked_ts) WHERE revoked_ts <> 0;

-- Who has come into a group by which link, or is about to: one row per person, until they leave.
CREATE TABLE bot_link_guests (
    room_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    token TEXT NOT NULL,
    state TEXT NOT NULL,
    ts INTEGER NOT NULL,
    PRIMARY KEY (room_id, user_id)
) WITHOUT ROWID;

CREATE INDEX bot_link_guests_token ON bot_link_guests (token, state);
