-- name: pin
-- The PIN of one account.
SELECT * FROM pins WHERE user_id = :user_id;

-- name: pins_to_reset
-- PINs whose reset by the operator takes effect.
SELECT * FROM pins WHERE reset_ts <= :now ORDER BY reset_ts LIMIT :max_rows;

-- name: last_seen
-- The hour in which any device of an account was last seen; null where it has none.
SELECT MAX(seen_ts) FROM devices WHERE user_id = :user_id;

-- name: passkeys_of_user
-- The passkeys of one account, the oldest first.
SELECT * FROM passkeys WHERE user_id = :user_id ORDER BY created_ts, credential_id;

-- name: passkeys_by_credential
-- Whoever named a credential theirs: one account, as a rule.
SELECT * FROM passkeys WHERE credential_id = :credential_id LIMIT 20;

-- name: any_passkey
-- Some passkey, if there is any.
SELECT * FROM passkeys LIMIT 1;

-- name: recovery_key
-- The recovery key of one account.
SELECT * FROM recovery_keys WHERE user_id = :user_id;

-- name: recovery_key_by_hash
-- Whose recovery key this is.
SELECT * FROM recovery_keys WHERE key_hash = :key_hash;

-- name: recovery_email
-- Where the notices of one account are mailed.
SELECT * FROM recovery_emails WHERE user_id = :user_id;

-- name: unconfirmed_emails
-- Addresses that nobody has confirmed in time.
SELECT * FROM recovery_emails WHERE pending IS NOT NULL AND code_expires_ts <= :now
ORDER BY code_expires_ts LIMIT :max_rows;
