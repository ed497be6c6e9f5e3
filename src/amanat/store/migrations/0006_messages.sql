-- pre: reactions told apart, push rules, pushers, reports

-- Bounded by the reactions there are: one row each, gone with its redaction.
CREATE TABLE annotations (
    parent_id TEXT NOT NULL,
    sender TEXT NOT NULL,
    type TEXT NOT NULL,
    key TEXT NOT NULL,
    event_id TEXT NOT NULL,
    PRIMARY KEY (parent_id, sender, type, key)
) WITHOUT ROWID;

CREATE INDEX relations_kind ON relations (parent_id, rel_type, position);

-- At most one row per account, and none for who changed nothing; bounded by MAX_RULES (core/push_rules.py).
CREATE TABLE push_rules (
    user_id TEXT NOT NULL PRIMARY KEY,
    content BLOB NOT NULL,
    position INTEGER NOT NULL
) WITHOUT ROWID;

-- Bounded by MAX_PUSHERS per account (handlers/pusher.py); they go with their device.
CREATE TABLE pushers (
    user_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    pushkey TEXT NOT NULL,
    device_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    app_display_name TEXT NOT NULL,
    device_display_name TEXT NOT NULL,
    profile_tag TEXT,
    lang TEXT NOT NULL,
    data BLOB NOT NULL,
    created_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, app_id, pushkey)
) WITHOUT ROWID;

CREATE INDEX pushers_key ON pushers (app_id, pushkey);

-- Bounded by MAX_REPORTS per reporter (handlers/report_content.py); the same thing reported again replaces the report.
-- What is not reported by itself is empty: a room's report names no event, a person's no room.
CREATE TABLE reports (
    reporter TEXT NOT NULL,
    room_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    ts INTEGER NOT NULL,
    PRIMARY KEY (reporter, room_id, event_id, user_id)
) WITHOUT ROWID;

CREATE INDEX reports_ts ON reports (ts);
