-- pre: policies as they were published, and what people chose about them

-- The hash of each text that was ever published, so that none is changed afterwards. A row per file; bounded by the
-- operator's folder.
CREATE TABLE policy_texts (
    policy TEXT NOT NULL,
    version INTEGER NOT NULL,
    language TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    effective_day TEXT NOT NULL,
    published_ts INTEGER NOT NULL,
    PRIMARY KEY (policy, version, language)
) WITHOUT ROWID;

-- What a person chose about a policy: at most a row per person and policy, replaced by the next choice.
CREATE TABLE policy_choices (
    -- personal: pseudonym; whose choice it is; as long as the account
    user_id TEXT NOT NULL,
    policy TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- personal: a choice (accepted, postponed, refused); the optional feature it is about; as long as the account
    choice TEXT NOT NULL,
    until_ts INTEGER,
    chosen_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, policy)
) WITHOUT ROWID;

CREATE INDEX policy_choices_accepted ON policy_choices (policy, version, user_id) WHERE choice = 'accepted';
