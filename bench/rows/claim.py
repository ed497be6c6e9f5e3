"""Before the first message to a large room, a client claims a key of each device and sends each the room key."""

from collections.abc import Awaitable, Callable

from bench import matrix
from bench.figures import Figure, Line
from bench.lab import Lab
from bench.matrix import Person
from bench.process import Server
from bench.rows.row import HOMESERVERS, Row, of
from bench.subjects.subject import FULL
from bench.wire import LoadError, ask
from bench.worlds import ONE_TIME_KEYS

_ROUNDS = 5
_MESSAGES_PER_REQUEST = 250  # What matrix-rust-sdk, and so every app on it, puts into one request.


async def _claim(server: Server, people: list[Person], _: int) -> None:
    answer = await ask(server.address, matrix.claim(people[0], people))
    found = answer.body.count(b'"signed_curve25519:')
    if found != len(people):
        raise LoadError(f"{len(people)} keys were claimed and {found} came.")


async def _share(server: Server, people: list[Person], turn: int) -> None:
    for start in range(0, len(people), _MESSAGES_PER_REQUEST):
        some = people[start : start + _MESSAGES_PER_REQUEST]
        await ask(server.address, matrix.send_to_devices(people[0], some, txn_id=f"share-{turn}-{start}"))


async def _cpu_each(
    server: Server, people: list[Person], act: Callable[[Server, list[Person], int], Awaitable[None]]
) -> float:
    await server.quiet()
    before = sum(server.cpu())
    for turn in range(_ROUNDS):
        await act(server, people, turn)
    await server.quiet()
    return (sum(server.cpu()) - before) / (_ROUNDS * len(people))


async def _measure(lab: Lab) -> dict[str, Figure]:
    assert _ROUNDS <= ONE_TIME_KEYS
    world = await lab.world("community")
    with lab.copy_of(world) as data:
        async with lab.server(data) as server:
            claimed = await _cpu_each(server, world.people, _claim)
            shared = await _cpu_each(server, world.people, _share)
    note = of(len(world.people), FULL.large_room, what="devices")
    return {"claim": Figure(values=(claimed * 1e6, shared * 1e6), note=note)}


ROW = Row(
    name="claim",
    subjects=HOMESERVERS,
    measure=_measure,
    lines=(
        Line(
            key="claim",
            work="claim one key / one to-device message, in a batch for 5,000 devices",
            unit="µs",
            must=(40, 25),
            aim=(20, 12),
        ),
    ),
)
