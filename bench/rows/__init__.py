"""The rows of the table, in its order. Each is a module: the lines it fills, for whom, and how it measures them."""

from bench.rows import (
    aged_room,
    bots,
    claim,
    deliver,
    deliver_large,
    gateway,
    idle_memory,
    initial_sync,
    join,
    office,
    parked_memory,
    send,
    send_postgres,
    send_to_receive,
    send_while_claiming,
    sign_up,
    upload_keys,
)
from bench.rows.row import Row

ROWS: list[Row] = [
    send.ROW,
    send_postgres.ROW,
    send_while_claiming.ROW,
    send_to_receive.ROW,
    deliver.ROW,
    deliver_large.ROW,
    parked_memory.ROW,
    join.ROW,
    upload_keys.ROW,
    claim.ROW,
    sign_up.ROW,
    initial_sync.ROW,
    idle_memory.ROW,
    gateway.ROW,
    office.ROW,
    bots.ROW,
    aged_room.ROW,
]
