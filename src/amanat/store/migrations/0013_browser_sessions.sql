-- pre: who is signed in to the account pages, in which browser, and who may be found by their number

-- Bounded by MAX_SESSIONS per account; one that was idle for IDLE_MS is swept. Who is not signed in has no row.
CREATE TABLE browser_sessions (
    -- personal: account id, signing in, until the session ends
    user_id TEXT NOT NULL,
    session_hash BLOB NOT NULL,
    signed_in_ts INTEGER NOT NULL,
    -- personal: when the pages were last opened (to the day), ending idle sessions, until the session ends
    seen_ts INTEGER NOT NULL,
    -- personal: kind of browser, recognising one's own sessions, until the session ends
    browser TEXT NOT NULL,
    PRIMARY KEY (user_id, session_hash)
) WITHOUT ROWID;

CREATE UNIQUE INDEX browser_sessions_hash ON browser_sessions (session_hash);
CREATE INDEX browser_sessions_seen ON browser_sessions (seen_ts);

-- At most one row per account: only who has turned the switch on has one. Goes with the account.
CREATE TABLE findable_by_number (
    -- personal: account id, letting others find its owner by phone number, while the owner wishes it
    user_id TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;
