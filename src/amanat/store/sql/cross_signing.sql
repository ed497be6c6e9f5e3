-- name: cross_signing_keys_of
-- The cross-signing keys of some people.
SELECT * FROM cross_signing_keys WHERE user_id IN :user_ids;

-- name: signatures_seen_by
-- The signatures on some people's keys that are their own or the reader's.
SELECT * FROM key_signatures
WHERE target_user IN :user_ids AND (signer_user = target_user OR signer_user = :reader);
