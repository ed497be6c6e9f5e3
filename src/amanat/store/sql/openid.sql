-- name: openid_token
-- One OpenID token.
SELECT * FROM openid_tokens WHERE token_hash = :token_hash;

-- name: expired_openid_tokens
-- OpenID tokens whose time is over.
SELECT * FROM openid_tokens WHERE expires_ts <= :now LIMIT :max_rows;
