-- name: device_lists_changed
-- Whose devices changed in (after, upto] and not since.
SELECT user_id FROM device_list_changes WHERE position > :after AND position <= :upto ORDER BY position;

-- name: who_share_rooms
-- Which of some people are joined to one of some rooms.
SELECT DISTINCT user_id FROM members WHERE user_id IN :user_ids AND membership = 'join' AND room_id IN :room_ids;

-- name: joined_to_room
-- Everybody who is joined to a room.
SELECT user_id FROM members WHERE room_id = :room_id AND membership = 'join';

-- name: members_changed
-- Whose membership of some rooms changed in (after, upto], and what they are there now.
SELECT DISTINCT members.room_id, members.user_id, members.membership
FROM events JOIN members ON members.room_id = events.room_id AND members.user_id = events.state_key
WHERE events.room_id IN :room_ids AND events.position > :after AND events.position <= :upto
    AND events.type = 'm.room.member';

-- name: signed_by
-- Whose keys a person signed in (after, upto] and not since.
SELECT target_user FROM signed_people WHERE signer_user = :user_id AND position > :after AND position <= :upto;
