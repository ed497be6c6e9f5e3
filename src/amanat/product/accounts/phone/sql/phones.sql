-- name: phone_of_user
-- The number of an account.
SELECT * FROM phones WHERE user_id = :user_id;

-- name: phone_owner
-- The account of a number.
SELECT * FROM phone_owners WHERE number_hash = :number_hash;

-- name: phone_code
-- The code that was sent with a challenge.
SELECT * FROM phone_codes WHERE challenge_hash = :challenge_hash;

-- name: old_phone_codes
-- Codes whose time is over.
SELECT * FROM phone_codes WHERE created_ts <= :before LIMIT :max_rows;

-- name: old_phone_sends
-- Numbers that were sent nothing for a day.
SELECT * FROM phone_sends WHERE last_ts <= :before LIMIT :max_rows;

-- name: old_phone_counts
-- Counts of hours that no budget looks at any more.
SELECT * FROM phone_counts WHERE hour <= :before LIMIT :max_rows;

-- name: old_phone_work
-- Proofs of work that would not be good any more anyway.
SELECT * FROM phone_work WHERE expires_ts <= :before LIMIT :max_rows;

-- name: old_sms_spending
-- Days whose spending nobody asks for any more.
SELECT * FROM sms_spending WHERE day <= :before LIMIT :max_rows;
