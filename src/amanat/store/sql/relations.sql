-- name: child_kinds
-- Which kinds of children that are summed up several events have, up to a position.
SELECT parent_id, rel_type, count(*), max(position) FROM relations
WHERE parent_id IN :event_ids AND rel_type IN ('m.replace', 'm.thread', 'm.reference') AND position <= :upto
GROUP BY parent_id, rel_type;

-- name: newest_edits
-- The newest edits of several events by who sent them: a few each, since not every one need be valid.
SELECT * FROM events WHERE event_id IN (
    SELECT event_id FROM (
        SELECT edits.event_id, row_number() OVER (
            PARTITION BY relations.parent_id ORDER BY edits.ts DESC, edits.event_id DESC
        ) AS place
        FROM relations
        JOIN events AS parents ON parents.event_id = relations.parent_id
        JOIN events AS edits ON edits.event_id = relations.event_id
        WHERE relations.parent_id IN :event_ids AND relations.rel_type = 'm.replace' AND relations.position <= :upto
            AND relations.sender = parents.sender AND relations.type = parents.type
    ) AS placed WHERE place <= 5
);

-- name: thread_summaries
-- The threads of several roots, as somebody sees them who ignores some people.
SELECT parent_id, count(*), max(position), max(CASE WHEN sender = :user_id THEN 1 ELSE 0 END) FROM relations
WHERE parent_id IN :event_ids AND rel_type = 'm.thread' AND position <= :upto AND NOT (sender IN :ignored)
GROUP BY parent_id;

-- name: references_to
-- What refers to several events, oldest first.
SELECT * FROM relations
WHERE parent_id IN :event_ids AND rel_type = 'm.reference' AND position <= :upto AND NOT (sender IN :ignored)
ORDER BY position LIMIT :max_rows;

-- name: children_of
-- What relates directly to several events.
SELECT * FROM relations WHERE parent_id IN :event_ids ORDER BY position LIMIT :max_rows;

-- name: children_backwards
-- The children of several events in (after, upto], newest first; an empty relation or type stands for all.
SELECT events.* FROM relations JOIN events ON events.event_id = relations.event_id
WHERE relations.parent_id IN :event_ids AND relations.position > :after AND relations.position <= :upto
    AND (:rel_type = '' OR relations.rel_type = :rel_type) AND (:event_type = '' OR relations.type = :event_type)
ORDER BY relations.position DESC LIMIT :max_rows;

-- name: children_forwards
-- The same, oldest first.
SELECT events.* FROM relations JOIN events ON events.event_id = relations.event_id
WHERE relations.parent_id IN :event_ids AND relations.position > :after AND relations.position <= :upto
    AND (:rel_type = '' OR relations.rel_type = :rel_type) AND (:event_type = '' OR relations.type = :event_type)
ORDER BY relations.position LIMIT :max_rows;

-- name: threads_backwards
-- A room's threads that have a reply left, by their newest reply, newest first.
SELECT * FROM threads
WHERE room_id = :room_id AND latest_position <= :upto
    AND EXISTS (SELECT 1 FROM relations WHERE parent_id = root_id AND rel_type = 'm.thread')
ORDER BY latest_position DESC LIMIT :max_rows;

-- name: threads_taken_part_in
-- The same, of those whose root or a reply this person sent.
SELECT * FROM threads
WHERE room_id = :room_id AND latest_position <= :upto
    AND EXISTS (SELECT 1 FROM relations WHERE parent_id = root_id AND rel_type = 'm.thread')
    AND (
        EXISTS (SELECT 1 FROM events WHERE events.event_id = root_id AND events.sender = :user_id)
        OR EXISTS (
            SELECT 1 FROM relations WHERE parent_id = root_id AND rel_type = 'm.thread' AND sender = :user_id
        )
    )
ORDER BY latest_position DESC LIMIT :max_rows;
