-- name: account_data_changed
-- A person's account data that changed in (after, upto], of all rooms and of none.
SELECT * FROM account_data WHERE user_id = :user_id AND position > :after AND position <= :upto;

-- name: account_data_by_type
-- One type of a person's account data.
SELECT * FROM account_data WHERE user_id = :user_id AND room_id = :room_id AND type = :type;

-- name: account_data_count
-- How many types of account data a person keeps about a room, or about none.
SELECT count(*) FROM account_data WHERE user_id = :user_id AND room_id = :room_id;

-- name: filter_by_id
-- One filter of a person.
SELECT * FROM filters WHERE user_id = :user_id AND filter_id = :filter_id;

-- name: filter_count
-- How many filters a person keeps.
SELECT count(*) FROM filters WHERE user_id = :user_id;

-- name: filters_of_user
-- A person's filters.
SELECT * FROM filters WHERE user_id = :user_id;
