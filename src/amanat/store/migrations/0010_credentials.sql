-- pre: what keeps an account its owner's: PIN, passkeys, recovery key, and where notices of their use are mailed

-- At most one row per account. `day_tries` counts wrong tries since `day_began_ts`, `failures` those in a row; both
-- bound guessing, so they outlive a restart. `active_ts` is when the PIN was last proved or a device last left.
CREATE TABLE pins (
    user_id TEXT NOT NULL PRIMARY KEY,
    -- personal: credential (argon2id of a hash keyed with secret.key); holds the number's lock; until it is replaced or the account ends
    pin_hash TEXT NOT NULL,
    -- personal: metadata, coarse; says when the lock lapses; as long as the PIN
    active_ts INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    next_try_ts INTEGER NOT NULL,
    day_began_ts INTEGER NOT NULL,
    day_tries INTEGER NOT NULL,
    -- When the operator's reset takes effect; null where none is pending.
    reset_ts INTEGER
) WITHOUT ROWID;

CREATE INDEX pins_reset ON pins (reset_ts) WHERE reset_ts IS NOT NULL;

-- Bounded by MAX_PASSKEYS per account. Two accounts may name the same credential: who signs in says which is meant.
CREATE TABLE passkeys (
    user_id TEXT NOT NULL,
    -- personal: credential (public half); signing in; until its owner removes it
    credential_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    -- personal: what its owner calls it; telling passkeys apart; as long as the passkey
    name TEXT NOT NULL,
    prf INTEGER NOT NULL,
    backed_up INTEGER NOT NULL,
    created_ts INTEGER NOT NULL,
    -- personal: metadata, coarse (the hour); shows its owner what is in use; as long as the passkey
    used_ts INTEGER,
    PRIMARY KEY (user_id, credential_id)
) WITHOUT ROWID;

CREATE INDEX passkeys_credential ON passkeys (credential_id);

-- At most one row per account.
CREATE TABLE recovery_keys (
    user_id TEXT NOT NULL PRIMARY KEY,
    -- personal: credential (keyed hash); getting back in; until it is replaced or the account ends
    key_hash BLOB NOT NULL,
    created_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX recovery_keys_hash ON recovery_keys (key_hash);

-- At most one row per account. Addresses are sealed with a key of secret.key: `address` is confirmed, `pending` is not
-- yet, `previous` is told once that it is no longer used. Letters with codes are bounded per day by `day_sent`.
CREATE TABLE recovery_emails (
    user_id TEXT NOT NULL PRIMARY KEY,
    -- personal: contact, sealed; notices of what happens to the account; until it is replaced or removed
    address BLOB,
    -- personal: contact, sealed; being confirmed; thirty minutes
    pending BLOB,
    -- personal: contact, sealed; the last notice to it; until that is sent
    previous BLOB,
    language TEXT NOT NULL,
    -- personal: credential (keyed hash); confirms the address; 30 minutes
    code_hash BLOB,
    code_expires_ts INTEGER NOT NULL,
    guesses INTEGER NOT NULL,
    day_began_ts INTEGER NOT NULL,
    day_sent INTEGER NOT NULL,
    told_ts INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX recovery_emails_pending ON recovery_emails (code_expires_ts) WHERE pending IS NOT NULL;
