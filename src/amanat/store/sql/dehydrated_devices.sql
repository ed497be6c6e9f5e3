-- name: dehydrated_device
-- A person's dehydrated device.
SELECT * FROM dehydrated_devices WHERE user_id = :user_id;
