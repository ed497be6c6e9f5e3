-- name: all_policy_texts
-- Every text that was ever published.
SELECT * FROM policy_texts ORDER BY policy, version, language;

-- name: choices_of
-- What a person chose.
SELECT * FROM policy_choices WHERE user_id = :user_id ORDER BY policy, version;

-- name: suggested
-- People whose name begins so, of whom each has accepted being suggested; looked for among some only, so that a name
-- which is everybody's costs no more.
SELECT users.* FROM (
    SELECT * FROM users WHERE search_name <> '' AND search_name >= :first AND search_name < :last
    ORDER BY search_name LIMIT :max_looked_at
) AS users
JOIN policy_choices AS c ON c.user_id = users.user_id AND c.policy = :policy AND c.version = :version
WHERE c.choice = 'accepted' AND users.user_id <> :user_id AND users.deactivated_ts IS NULL
ORDER BY users.search_name, users.user_id LIMIT :max_rows;
