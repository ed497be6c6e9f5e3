-- pre: what was voted in the polls that bots know

-- One row per voter of a poll: what they voted last. A row goes 30 days after it came, which is after its poll.
CREATE TABLE bot_votes (
    poll TEXT NOT NULL,
    user_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    chosen BLOB NOT NULL,
    came_ts INTEGER NOT NULL,
    PRIMARY KEY (poll, user_id)
) WITHOUT ROWID;

CREATE INDEX bot_votes_event ON bot_votes (event_id);
CREATE INDEX bot_votes_came ON bot_votes (came_ts);
