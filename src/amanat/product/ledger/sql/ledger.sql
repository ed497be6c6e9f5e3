-- name: partner_by_token
-- The partner that a token was made for.
SELECT * FROM partners WHERE token_hash = :token_hash;

-- name: all_partners
-- Every partner there ever was.
SELECT * FROM partners ORDER BY created_ts, partner_id;

-- name: reads_since
-- How often each partner has read since a day.
SELECT partner_id, CAST(sum(reads) AS BIGINT) FROM partner_reads WHERE day >= :since GROUP BY partner_id;

-- name: old_reads
-- Counts that are old enough to be dropped.
SELECT * FROM partner_reads WHERE day < :before ORDER BY day, partner_id LIMIT :max_rows;

-- name: grants_of
-- What a person allows.
SELECT * FROM partner_grants WHERE user_id = :user_id ORDER BY partner_id, scope;

-- name: grants_by
-- Who of some people allows a reader a scope.
SELECT * FROM partner_grants
WHERE user_id IN :user_ids AND partner_id = :partner_id AND scope = :scope ORDER BY user_id;

-- name: ledger_before
-- What was read of a person before some number, the newest first.
SELECT * FROM ledger WHERE user_id = :user_id AND number < :before ORDER BY number DESC LIMIT :max_rows;

-- name: reads_by_partner
-- Which fields a partner has read of a person since some time.
SELECT DISTINCT fields FROM ledger WHERE user_id = :user_id AND partner_id = :partner_id AND ts >= :since_ts;

-- name: ledger_row
-- One row of a person's own ledger.
SELECT * FROM ledger WHERE user_id = :user_id AND number = :number;

-- name: leaves_from
-- Leaves that follow one another.
SELECT * FROM ledger_leaves WHERE number >= :first AND number <= :last ORDER BY number LIMIT :max_rows;

-- name: tiles_between
-- The tiles of one day's tree.
SELECT * FROM ledger_tiles WHERE first_number >= :first AND first_number <= :last ORDER BY first_number;

-- name: last_root
-- The newest daily root.
SELECT * FROM ledger_roots ORDER BY last_number DESC LIMIT 1;

-- name: roots_before
-- Daily roots, the newest first.
SELECT * FROM ledger_roots WHERE last_number < :before ORDER BY last_number DESC LIMIT :max_rows;

-- name: root_over
-- The daily root whose tree has a leaf of this number, or a later one.
SELECT * FROM ledger_roots WHERE last_number >= :number ORDER BY last_number LIMIT 1;
