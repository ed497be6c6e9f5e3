-- name: device
-- One device.
SELECT * FROM devices WHERE user_id = :user_id AND device_id = :device_id;

-- name: devices_of_user
-- A person's devices.
SELECT * FROM devices WHERE user_id = :user_id ORDER BY device_id;
