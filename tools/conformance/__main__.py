"""Run the story and the drawn requests against two servers, gate up and gate open, and say what was wrong."""

import asyncio
import os
import re
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence, Set
from contextlib import asynccontextmanager
from itertools import chain
from pathlib import Path
from typing import Any, Final

import structlog

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from amanat.product.api_description import BELOW, description
from tests.postgres_cluster import running_cluster
from tests.server import FakeClock, Server
from tools.conformance import fuzz
from tools.conformance.judge import Judge, read_exceptions
from tools.conformance.names import register
from tools.conformance.specification import Operation, Specification
from tools.conformance.story import tell
from tools.conformance.world import Witness, World
from tools.spec_coverage import REFUSED, declared_routes, read_refused

ROOT: Final = Path(__file__).resolve().parents[2]
DEFAULT: Final = ROOT.parent / "shared" / "matrix-spec"
SETTING: Final = "MATRIX_SPEC"
EXCEPTIONS: Final = ROOT / "tools" / "conformance_exceptions.toml"
HELP: Final[dict[str, Any]] = {"support_page": "https://example.org/help", "support_email": "help@example.org"}
RELAY: Final[dict[str, Any]] = {"turn_uris": ("turn:turn.example.org",), "turn_secret": "secret"}
"""What an operator may set and endpoints tell of; most servers have no relay."""
VALID, INVALID = 12, 8
"""Requests drawn for each operation of the specification."""
OWN_VALID, OWN_INVALID = 5, 3
"""The same for our own API, most of whose parameters are names that nobody has."""
DISRUPTIVE: Final = frozenset({"upgradeRoom", "setRoomStateWithKey", "deactivateAccount"})
"""Operations that can leave a world whole to look at, but of no further use."""

Drawn = list[tuple[Operation, list[fuzz.Case]]]


def draw_all(judge: Judge, operations: Sequence[Operation]) -> Drawn:
    """Draw the requests of every operation: what reads first, what deletes last."""
    order = ("GET", "PUT", "POST", "DELETE")
    drawn: Drawn = []
    for operation in sorted(operations, key=lambda each: order.index(each.method)):
        known = judge.schema[operation.key][operation.method]
        valid, invalid = (OWN_VALID, OWN_INVALID) if operation.path.startswith(BELOW) else (VALID, INVALID)
        cases = fuzz.draw(known, mode=fuzz.VALID, count=valid)
        if fuzz.has_invalid(known):
            cases += fuzz.draw(known, mode=fuzz.INVALID, count=invalid)
        drawn.append((operation, cases))
    return drawn


class Run:
    """One server, from its first start to the last request."""

    def __init__(self, server: Server, judge: Judge) -> None:
        server.amanat.client_app = Witness(server.amanat.client_app, hear=judge.hear)  # type: ignore[assignment] # it stands before
        self._server = server
        self._made = 0
        self._world: World

    async def tell(self, absent: Sequence[Operation]) -> list[str]:
        """Tell the story, and ask for what is not served; return what went otherwise than it should."""
        await self._renew()
        return await tell(self._server, self._world) + await self._ask_absent(absent)

    async def send(self, drawn: Drawn) -> None:
        """Send what was drawn; the judge hears the answers."""
        await self._renew()
        for operation, cases in drawn:
            for number, case in enumerate(cases):
                await fuzz.send(case, server=self._server, world=self._world, number=number)
                if operation.method != "GET" and not await self._world.is_whole():
                    await self._renew()
            if operation.operation_id in DISRUPTIVE:
                await self._renew()

    async def _renew(self) -> None:
        self._made += 1
        self._world = World(self._server, self._made)
        await self._world.build()

    async def _ask_absent(self, absent: Sequence[Operation]) -> list[str]:
        # spec: client-server-api#common-error-codes
        wrong = []
        for operation in absent:
            path = "/".join("x" if part.startswith("{") else part for part in operation.path.split("/"))
            reply = await self._server.request(operation.method, path, body={})
            if reply.status not in (404, 405) or reply.errcode != "M_UNRECOGNIZED":
                wrong.append(f"{operation.operation_id} is not served, and is answered {reply.status} {reply.json}")
        return wrong


async def hold(judge: Judge, *, drawn: Drawn, absent: Sequence[Operation]) -> list[str]:
    """Run on SQLite behind the gate, with a relay for calls, and on PostgreSQL with an open gate and without."""
    wrong = []
    with running_cluster() as cluster, tempfile.TemporaryDirectory() as folder:
        for gate, settings in ((True, HELP | RELAY), (False, HELP | {"database": cluster.create("conformance")})):
            data = f"{folder}/{'up' if gate else 'open'}"
            async with serving(Config(data=data, **settings), gate=gate) as server:
                run = Run(server, judge)
                wrong += [f"gate {'up' if gate else 'open'}: {each}" for each in await run.tell(absent)]
                await run.send(drawn)
    return wrong


@asynccontextmanager
async def serving(config: Config, *, gate: bool) -> AsyncIterator[Server]:
    """Open a server in this process, on a clock of its own."""
    clock = FakeClock()
    amanat = Amanat(config, mode=Mode.LAB, gate=gate, clock=Clock(now_ms=clock.now_ms))
    await amanat.open()
    try:
        yield Server(amanat, clock)
    finally:
        await amanat.close()


def own_api() -> dict[str, Any]:
    """Return the description of our own API, as the server gives it out."""
    with tempfile.TemporaryDirectory() as folder:
        return description(Amanat(Config(data=folder), mode=Mode.LAB).client_app.routes)


def split(operations: Sequence[Operation]) -> tuple[list[Operation], list[Operation]]:
    """Tell apart the operations that a route answers and those that none does."""
    ours = {(route.method, shape(route.path)) for route in declared_routes()}
    served = [
        operation
        for operation in operations
        if operation.path.startswith(BELOW) or (operation.method, shape(operation.path)) in ours
    ]
    return served, [operation for operation in operations if operation not in served]


def shape(path: str) -> str:
    """Return a path without the names of its parameters: ours need not be the specification's."""
    return re.sub(r"\{[^}]*\}", "{}", path)


def unheard(judge: Judge, *, served: Sequence[Operation], refused: Set[str]) -> list[str]:
    """Operations whose good answer nobody saw without a reason, and those that are not refused after all."""
    never = {operation.operation_id for operation in served} - judge.succeeded
    return [
        *(f"{name}: no answer was 2xx or 3xx, so its schema was not checked" for name in sorted(never - refused)),
        *(
            f"{name}: it is listed as refused, but was answered 2xx or 3xx"
            for name in sorted(refused & judge.succeeded)
        ),
    ]


def main() -> int:
    """Return 1 when an answer was outside the specification without a reason."""
    folder = Path(os.environ.get(SETTING, DEFAULT))
    if not (folder / "data").is_dir():
        print(
            f"conformance: passed over: there is no Matrix specification in {folder} ({SETTING} names another folder)."
        )
        return 0
    structlog.configure(processors=[], logger_factory=structlog.ReturnLoggerFactory())
    began = time.monotonic()
    register()
    specification = Specification(folder, own_api())
    exceptions = read_exceptions(EXCEPTIONS)
    judge = Judge(specification, excuses=exceptions.exception)
    served, absent = split(specification.operations)
    drawn = draw_all(judge, served)
    print(f"conformance: drew {sum(len(cases) for _, cases in drawn)} requests in {time.monotonic() - began:.0f} s.")
    wrong = asyncio.run(hold(judge, drawn=drawn, absent=absent))
    succeeded = sum(operation.operation_id in judge.succeeded for operation in served)
    print(f"conformance: {len(served)} operations served, {succeeded} of them answered 2xx or 3xx.")
    print(f"conformance: {judge.judged} answers judged, {judge.excused} of them excused.")
    refused = {*read_refused(ROOT / REFUSED), *chain(*exceptions.refused.values())}
    problems = [*wrong, *unheard(judge, served=served, refused=refused), *judge.verdict()]
    for problem in problems:
        print(problem)
    print(f"conformance: {len(problems)} problems, {time.monotonic() - began:.0f} s.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
