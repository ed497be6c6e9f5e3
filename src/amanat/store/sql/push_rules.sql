-- name: push_rules_of_user
-- What a person changed of the default push rules.
SELECT * FROM push_rules WHERE user_id = :user_id;
