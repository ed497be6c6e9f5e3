-- name: device_keys_of
-- The keys of some people's devices, and what they call them.
SELECT device_keys.user_id, device_keys.device_id, device_keys.keys,
    COALESCE(devices.display_name, dehydrated_devices.display_name)
FROM device_keys
LEFT JOIN devices ON devices.user_id = device_keys.user_id AND devices.device_id = device_keys.device_id
LEFT JOIN dehydrated_devices
    ON dehydrated_devices.user_id = device_keys.user_id AND dehydrated_devices.device_id = device_keys.device_id
WHERE device_keys.user_id IN :user_ids;

-- name: known_users
-- Which of some people have an account.
SELECT user_id FROM users WHERE user_id IN :user_ids;
