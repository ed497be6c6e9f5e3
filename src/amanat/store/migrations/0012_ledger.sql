-- pre: the ledger: who read what of whom, and why; partners, what people allow them, and the copies people take

-- Made by the operator; bounded by MAX_PARTNERS (product/ledger/partners.py). One that was revoked stays, since the ledger
-- names it.
CREATE TABLE partners (
    partner_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    scopes TEXT NOT NULL,
    reads_per_day INTEGER NOT NULL,
    created_ts INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL,
    revoked_ts INTEGER
) WITHOUT ROWID;

CREATE UNIQUE INDEX partners_token ON partners (token_hash);

-- What a person allows a partner to read. At most a row per person, partner and scope; it goes when the person says so.
CREATE TABLE partner_grants (
    -- personal: pseudonym; whose data may be read; until its owner takes the grant back
    user_id TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    -- personal: time of a choice; shown to its owner; as long as the grant
    granted_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, partner_id, scope)
) WITHOUT ROWID;

-- How often a partner read, by the day (UTC): its budget, and the operator's counts. A row per partner and day; those of
-- KEPT_DAYS ago are swept.
CREATE TABLE partner_reads (
    partner_id TEXT NOT NULL,
    day INTEGER NOT NULL,
    reads INTEGER NOT NULL,
    PRIMARY KEY (partner_id, day)
) WITHOUT ROWID;

CREATE INDEX partner_reads_day ON partner_reads (day);

-- The ledger: one row for each read of a person's data by a partner, for that person alone. Bounded by the partners'
-- budgets; kept as long as the account. `number` counts over all people and has no gaps.
CREATE TABLE ledger (
    -- personal: pseudonym; whose data was read; as long as the account
    user_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    ts INTEGER NOT NULL,
    partner_id TEXT NOT NULL,
    scopes TEXT NOT NULL,
    -- personal: names of what was read, never the data; shown to its owner; as long as the account
    fields TEXT NOT NULL,
    purpose TEXT NOT NULL,
    salt BLOB NOT NULL,
    PRIMARY KEY (user_id, number)
) WITHOUT ROWID;

-- The salted hash of each row of the ledger. It stays when the row goes with its account, so that the roots of others'
-- rows can still be checked; without the salt it says nothing. As many as rows were ever written, at some 50 bytes.
CREATE TABLE ledger_leaves (
    number INTEGER NOT NULL PRIMARY KEY,
    ts INTEGER NOT NULL,
    leaf_hash BLOB NOT NULL
) WITHOUT ROWID;

-- The roots of 256 leaves each, from a daily root's first leaf on, so that a proof need not read a whole day.
CREATE TABLE ledger_tiles (
    first_number INTEGER NOT NULL PRIMARY KEY,
    hash BLOB NOT NULL
) WITHOUT ROWID;

-- One row per day on which somebody read something: the Merkle root over the leaves `first_number` to `last_number`.
CREATE TABLE ledger_roots (
    last_number INTEGER NOT NULL PRIMARY KEY,
    first_number INTEGER NOT NULL,
    day INTEGER NOT NULL,
    root BLOB NOT NULL
) WITHOUT ROWID;

-- The copy that a person took of their data: at most one per account, swept with its file when it has expired.
CREATE TABLE exports (
    -- personal: pseudonym; whose copy it is; seven days
    user_id TEXT NOT NULL PRIMARY KEY,
    export_id TEXT NOT NULL,
    requested_ts INTEGER NOT NULL,
    expires_ts INTEGER NOT NULL,
    -- personal: the name of a file with everything about a person; taking it along; seven days
    blob TEXT,
    size INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX exports_blob ON exports (blob);
CREATE INDEX exports_expires ON exports (expires_ts);
