"""A proxy that does to HTTP what bad networks do: it loses requests and answers, repeats them, lets them wait."""

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from enum import StrEnum
from random import Random

from tests.faults.wire import address

_DELAY_SECONDS = 0.05
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Fault(StrEnum):
    """What happens to a request."""

    NONE = "none"
    LOSE_REQUEST = "lose_request"
    LOSE_ANSWER = "lose_answer"
    REPEAT = "repeat"  # It reaches the server twice, the second time when it pleases the network.
    DELAY_REQUEST = "delay_request"
    DELAY_ANSWER = "delay_answer"


_WEIGHTS = {
    Fault.NONE: 40,
    Fault.LOSE_REQUEST: 10,
    Fault.LOSE_ANSWER: 10,
    Fault.REPEAT: 20,
    Fault.DELAY_REQUEST: 10,
    Fault.DELAY_ANSWER: 10,
}


class BadNetwork:
    """Passes requests on faithfully until `faulty` is set, each on a connection of its own."""

    def __init__(self, server_url: str, *, random: Random) -> None:
        self.faulty = False
        self.happened: Counter[Fault] = Counter()
        self.url = ""
        self._server = address(server_url)
        self._random = random
        self._tasks: set[asyncio.Task[None]] = set()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a client's connection."""
        self._spawn(self._carry(reader, writer))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it hangs up, or the network loses its connection."""
        try:
            while (answer := await self._pass_on(await _read(reader))) is not None:
                writer.write(answer)
                await writer.drain()
        except (OSError, EOFError):
            pass
        finally:
            writer.transport.abort()

    async def _pass_on(self, request: bytes) -> bytes | None:
        """Return the answer, or `None` where the client is to get none."""
        fault = self._random.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0] if self.faulty else Fault.NONE
        self.happened[fault] += 1
        if fault is Fault.LOSE_REQUEST:
            return None
        if fault is Fault.DELAY_REQUEST:
            await asyncio.sleep(self._random.uniform(0, _DELAY_SECONDS))
        if fault is Fault.REPEAT:
            self._spawn(self._repeat(request))
        answer = await self._ask(request)
        if fault is Fault.DELAY_ANSWER:
            await asyncio.sleep(self._random.uniform(0, _DELAY_SECONDS))
        return None if fault is Fault.LOSE_ANSWER else answer

    async def _repeat(self, request: bytes) -> None:
        await asyncio.sleep(self._random.choice([0, self._random.uniform(0, 4 * _DELAY_SECONDS)]))
        await self._ask(request)

    async def _ask(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(*self._server)
        try:
            writer.write(request)
            return await _read(reader)
        finally:
            writer.transport.abort()

    def _spawn(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let nothing go on any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def bad_network(server_url: str, *, random: Random) -> AsyncIterator[BadNetwork]:
    """Stand between a server and who uses `url`."""
    network = BadNetwork(server_url, random=random)
    server = await asyncio.start_server(network.accept, "127.0.0.1", 0)
    network.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield network
    finally:
        server.close()
        await network.close()


async def _read(reader: asyncio.StreamReader) -> bytes:
    """Read one request or answer, head and body, as it is; raises `EOFError` at the end of the connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")
