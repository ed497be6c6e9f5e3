-- name: consent_of
-- What somebody decided about one thing.
SELECT user_id, about, answer, ts, asked_ts, sent, sent_ts FROM bot_consents WHERE user_id = :user_id AND about = :about;
