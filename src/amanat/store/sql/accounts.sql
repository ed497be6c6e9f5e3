-- name: user_by_id
-- One account.
SELECT * FROM users WHERE user_id = :user_id;

-- name: user_by_handle
-- The account that has a handle, which is given folded.
SELECT users.* FROM handles JOIN users ON users.user_id = handles.user_id WHERE handles.folded = :folded;

-- name: users_page
-- Accounts after one of them, by id.
SELECT * FROM users WHERE user_id > :after ORDER BY user_id LIMIT :max_rows;

-- name: registration_token
-- One registration token.
SELECT * FROM registration_tokens WHERE token_hash = :token_hash;

-- name: expired_registration_tokens
-- Registration tokens whose time is over.
SELECT * FROM registration_tokens WHERE expires_ts <= :now LIMIT :max_rows;
