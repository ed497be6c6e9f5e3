-- pre: what people let a bot do beyond answering them

-- One row per person that a bot has met and thing they have decided: `offers`, `calls`. `answer` is yes, no, or empty
-- where they were asked and said nothing yet. All of a person's go when they leave their chat, or the bot blocks them.
CREATE TABLE bot_consents (
    user_id TEXT NOT NULL,
    about TEXT NOT NULL,
    answer TEXT NOT NULL,
    ts INTEGER NOT NULL,
    asked_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, about)
) WITHOUT ROWID;
