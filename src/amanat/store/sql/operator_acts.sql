-- name: operator_acts_before
-- Acts before one of them, the newest first.
SELECT * FROM operator_acts WHERE (ts, act_id) < (:ts, :act_id) ORDER BY ts DESC, act_id DESC LIMIT :max_rows;

-- name: operator_acts_on
-- Acts on one subject before one of them, the newest first.
SELECT * FROM operator_acts
WHERE subject = :subject AND (ts, act_id) < (:ts, :act_id)
ORDER BY ts DESC, act_id DESC LIMIT :max_rows;

-- name: old_operator_acts
-- Acts that are kept no longer.
SELECT * FROM operator_acts WHERE ts <= :since LIMIT :max_rows;

-- name: reasons_on
-- Acts on one subject for which a reason was written.
SELECT * FROM operator_acts WHERE subject = :subject AND reason <> '' LIMIT :max_rows;
