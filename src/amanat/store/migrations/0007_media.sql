-- pre: media, who owns and shows them, and what is due to be deleted

-- Bounded by each person's quota.
CREATE TABLE media (
    media_id TEXT NOT NULL PRIMARY KEY,
    user_id TEXT NOT NULL,
    created_ts INTEGER NOT NULL,
    blob TEXT NOT NULL,
    size INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    file_name TEXT
) WITHOUT ROWID;

CREATE INDEX media_user ON media (user_id, media_id);
CREATE UNIQUE INDEX media_blob ON media (blob);

-- Addresses given out before their content came. Bounded by MAX_PENDING per account; an expired one is swept.
CREATE TABLE media_pending (
    user_id TEXT NOT NULL,
    media_id TEXT NOT NULL,
    expires_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, media_id)
) WITHOUT ROWID;

CREATE UNIQUE INDEX media_pending_id ON media_pending (media_id);
CREATE INDEX media_pending_expires ON media_pending (expires_ts);

-- At most one row per account.
CREATE TABLE media_usage (
    user_id TEXT NOT NULL PRIMARY KEY,
    bytes INTEGER NOT NULL
) WITHOUT ROWID;

-- At most one row per picture and variant of the list.
CREATE TABLE thumbnails (
    media_id TEXT NOT NULL,
    variant TEXT NOT NULL,
    blob TEXT,
    size INTEGER NOT NULL,
    content_type TEXT,
    refusal TEXT,
    PRIMARY KEY (media_id, variant)
) WITHOUT ROWID;

CREATE INDEX thumbnails_blob ON thumbnails (blob);

-- That somebody shows some media: in an event, or as their avatar. Bounded by MAX_REFERENCES per event.
CREATE TABLE media_references (
    media_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (media_id, user_id, source)
) WITHOUT ROWID;

-- That somebody has stopped showing some media. A row lives for the grace, then the sweep decides.
CREATE TABLE media_released (
    media_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    ts INTEGER NOT NULL,
    PRIMARY KEY (media_id, user_id)
) WITHOUT ROWID;

CREATE INDEX media_released_ts ON media_released (ts);
