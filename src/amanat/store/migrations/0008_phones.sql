-- pre: phone numbers, the codes sent to them, and what bounds the sending

-- At most one row per account. Goes with the account.
CREATE TABLE phones (
    -- personal: account id, ties the number to the account, while the account lives
    user_id TEXT NOT NULL PRIMARY KEY,
    -- personal: keyed hash of the phone number, finding the account by its number, while linked
    number_hash BLOB NOT NULL,
    -- personal: phone number (encrypted under secret.key), showing and exporting it to its owner, while linked
    sealed_number BLOB NOT NULL,
    linked_ts INTEGER NOT NULL
) WITHOUT ROWID;

-- The other way round, one row for each of `phones`, so that a unit of work can look a number up.
CREATE TABLE phone_owners (
    -- personal: keyed hash of the phone number, finding the account by its number, while linked
    number_hash BLOB NOT NULL PRIMARY KEY,
    -- personal: account id, finding the account by its number, while linked
    user_id TEXT NOT NULL
) WITHOUT ROWID;

-- One row per number: a new code replaces the old one. Bounded by what the budgets let out in ten minutes, then swept.
CREATE TABLE phone_codes (
    -- personal: keyed hash of the phone number, checking a code, ten minutes
    number_hash BLOB NOT NULL PRIMARY KEY,
    challenge_hash BLOB NOT NULL,
    code_hash BLOB NOT NULL,
    -- personal: phone number (encrypted under secret.key), told to whoever gives the right code, ten minutes
    sealed_number BLOB NOT NULL,
    purpose TEXT NOT NULL,
    created_ts INTEGER NOT NULL,
    guesses INTEGER NOT NULL
) WITHOUT ROWID;

CREATE UNIQUE INDEX phone_codes_challenge ON phone_codes (challenge_hash);
CREATE INDEX phone_codes_created ON phone_codes (created_ts);

-- When a number was last sent codes. Bounded by what the budgets let out in a day, then swept.
CREATE TABLE phone_sends (
    -- personal: keyed hash of the phone number, limiting how often it is sent codes, one day
    number_hash BLOB NOT NULL PRIMARY KEY,
    -- personal: keyed hash of the address block that asked last, asking newcomers for work first, one day
    address_hash BLOB NOT NULL,
    sent BLOB NOT NULL,
    last_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX phone_sends_last ON phone_sends (last_ts);

-- Codes sent and entered, by the hour, for each address block, prefix and country. At most three rows per code sent in
-- the last day; older ones are swept.
CREATE TABLE phone_counts (
    scope TEXT NOT NULL,
    -- personal: keyed hash of an address block, prefix or country, daily budgets and the watch for fraud, one day
    subject BLOB NOT NULL,
    hour INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    PRIMARY KEY (scope, subject, hour)
) WITHOUT ROWID;

CREATE INDEX phone_counts_hour ON phone_counts (hour);

-- Proofs of work that were shown and sent something. At most one row per code sent while a proof lives; then swept.
CREATE TABLE phone_work (
    nonce TEXT NOT NULL PRIMARY KEY,
    expires_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX phone_work_expires ON phone_work (expires_ts);

-- What each adapter for texts has cost, by the day. One row per adapter and day, for 90 days.
CREATE TABLE sms_spending (
    day INTEGER NOT NULL,
    adapter TEXT NOT NULL,
    spent INTEGER NOT NULL,
    sent INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    PRIMARY KEY (day, adapter)
) WITHOUT ROWID;
