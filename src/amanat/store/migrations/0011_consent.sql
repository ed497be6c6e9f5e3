-- pre: policies as they were published, and what people chose about them

-- Each text that was ever published, as a hash, so that none is changed afterwards. A row per file; bounded by the
-- operator's folder.
CREATE TABLE policy_texts (
    policy TEXT NOT NULL,
    version INTEGER NOT NULL,
    language TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    effective TEXT NOT NULL,
    feature TEXT,
    published_ts INTEGER NOT NULL,
    PRIMARY KEY (policy, version, language)
) WITHOUT ROWID;

-- What a person chose about a policy: at most a row per person and version.
CREATE TABLE policy_choices (
    -- personal: pseudonym; whose choice it is; as long as the account
    user_id TEXT NOT NULL,
    policy TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- personal: a choice (accepted, postponed, refused); the optional feature it is about; as long as the account
    choice TEXT NOT NULL,
    until_ts INTEGER,
    chosen_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, policy, version)
) WITHOUT ROWID;

-- People are suggested by how their name begins.
CREATE INDEX users_search_name ON users (search_name) WHERE search_name <> '';
