-- pre: accounts that the operator has suspended or locked, and what operators did to accounts

-- Since when; null where it is not.
ALTER TABLE users ADD COLUMN suspended_ts INTEGER;

ALTER TABLE users ADD COLUMN locked_ts INTEGER;

-- One row per act, which people make; swept after KEPT_MS (handlers/operator_acts.py).
CREATE TABLE operator_acts (
    ts INTEGER NOT NULL,
    act_id TEXT NOT NULL,
    -- personal: account id of an administrator, or "operator"; answering for what was done; two years
    actor TEXT NOT NULL,
    act TEXT NOT NULL,
    -- personal: account id, or the id of what else was acted on; answering for what was done; two years
    subject TEXT NOT NULL,
    -- personal: what the operator wrote; answering for what was done; two years, or until the subject is erased
    reason TEXT NOT NULL,
    PRIMARY KEY (ts, act_id)
) WITHOUT ROWID;

CREATE INDEX operator_acts_subject ON operator_acts (subject, ts, act_id);
