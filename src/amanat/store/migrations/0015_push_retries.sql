-- pre: pushes that did not go through and are tried again

-- At most one row per pusher: its newest push stands for all. Goes with the pusher, or once it has gone through, or
-- when it has not for RETRIED_MS (handlers/push_deliveries.py).
CREATE TABLE push_retries (
    -- personal: account id; pushes again what did not go through; a day
    user_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    -- personal: what a push service knows the device by; pushes again what did not go through; a day
    pushkey TEXT NOT NULL,
    -- personal: a room the person is in, and an event there; pushes again what did not go through; a day
    room_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    -- personal: when it was to be pushed; ends the tries after a day; a day
    since_ts INTEGER NOT NULL,
    due_ts INTEGER NOT NULL,
    PRIMARY KEY (user_id, app_id, pushkey)
) WITHOUT ROWID;
