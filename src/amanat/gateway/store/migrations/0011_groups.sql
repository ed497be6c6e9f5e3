-- pre: groups: who may bring a service in, and that a group was told what came in

-- Whether whoever invited the service may put it out again.
ALTER TABLE rooms ADD COLUMN by_admin INTEGER NOT NULL DEFAULT 0;

-- Whether the group was told who runs the service and what it can read. Both go with the room's row.
ALTER TABLE rooms ADD COLUMN noticed INTEGER NOT NULL DEFAULT 0;
