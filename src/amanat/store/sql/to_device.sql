-- name: inbox
-- A device's messages in (after, upto], oldest first.
SELECT * FROM to_device
WHERE user_id = :user_id AND device_id = :device_id AND position > :after AND position <= :upto
ORDER BY position LIMIT :max_rows;

-- name: inbox_positions
-- Where a device's messages up to a position stand, oldest first.
SELECT position FROM to_device WHERE user_id = :user_id AND device_id = :device_id AND position <= :upto
ORDER BY position LIMIT :max_rows;

-- name: newest_message
-- Where a device's newest message stands.
SELECT position FROM to_device WHERE user_id = :user_id AND device_id = :device_id ORDER BY position DESC LIMIT 1;

-- name: devices_of
-- The devices of some people, dehydrated ones included.
SELECT user_id, device_id FROM devices WHERE user_id IN :user_ids
UNION ALL SELECT user_id, device_id FROM dehydrated_devices WHERE user_id IN :user_ids;
