"""What clients that only take can cost the server: a ceiling on memory for each, and nothing once they have gone."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from amanat.edge.server import raise_descriptor_limit
from tests import processes
from tests.edge.running import running
from tests.faults import device
from tests.faults.conftest import Register
from tests.faults.device import CLIENT, Device, ciphertext, send_path, sync_path
from tests.faults.memory import descriptors, memory_bytes
from tests.faults.wire import address, read_head, request
from tests.processes import AmanatProcess
from tests.server import Server

_SESSIONS = 10_000 if "SOAK" in os.environ else 2_000
_SESSION_BYTES = 25_000
_AT_ONCE = 32
_SPARE_DESCRIPTORS = 1_000
_SLOW_READERS = 10
_ANSWERS_EACH = 20
_HALF_OPEN = 500
_MEGABYTE = 1_000_000


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[AmanatProcess]:
    """A gated lab for one story: what an earlier one left in its memory would count here."""
    with processes.lab(tmp_path, "--gate") as process:
        yield process


class Strand:
    """A connection that the server may find no end of."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer


class Strands:
    """Many connections at once."""

    def __init__(self) -> None:
        self._open: list[Strand] = []

    async def connect(self, url: str) -> Strand:
        strand = Strand(*await asyncio.open_connection(*address(url)))
        self._open.append(strand)
        return strand

    async def cut(self) -> None:
        """Let all of them go, without a word."""
        for strand in self._open:
            strand.writer.transport.abort()
        self._open.clear()
        await asyncio.sleep(0)


@pytest.fixture
async def strands() -> AsyncIterator[Strands]:
    """Connections that end with the story."""
    strands = Strands()
    yield strands
    await strands.cut()


async def test_parked_sessions_stay_under_their_ceiling_and_all_hear_the_next_message(
    lab: AmanatProcess, strands: Strands
) -> None:
    sessions = min(_SESSIONS, raise_descriptor_limit() - _SPARE_DESCRIPTORS)
    host = await device.register(lab.url, "host")
    room_id = await _open_room(host)
    people = await _in_turns(sessions, lambda number: _visitor(lab.url, f"visitor{number}", room_id))
    host.close()
    await asyncio.to_thread(lab.restart)  # What joining left behind is not a session's.

    host = host.another(lab.url)
    since = (await host.ask("GET", sync_path(None))).json()["next_batch"]
    before = memory_bytes(lab.pid)
    parked = [await _park(await strands.connect(lab.url), person, since) for person in people]
    await _served(host, times=20)
    each = (memory_bytes(lab.pid) - before) / sessions
    assert each <= _SESSION_BYTES, f"{each:.0f} bytes per session"

    (await host.ask("PUT", send_path(room_id, "hello"), ciphertext("hello"))).json()
    async with asyncio.timeout(60):
        heard = await asyncio.gather(*(_answer(strand) for strand in parked))
    assert all(b'"m.room.encrypted"' in body for body in heard)
    host.close()


async def test_who_asks_for_much_and_reads_nothing_is_not_given_more_memory(
    lab: AmanatProcess, register: Register, strands: Strands
) -> None:
    alice = await register(lab.url, "alice")
    room_id = await alice.create_room(invite=[])
    for number in range(100):
        (await alice.ask("PUT", send_path(room_id, f"t{number}"), ciphertext("x", size=40_000))).json()
    path = f"{CLIENT}/rooms/{quote(room_id)}/messages?dir=b&limit=100"
    size = len((await alice.ask("GET", path)).body)
    assert size > 3 * _MEGABYTE
    before = memory_bytes(lab.pid)
    for _ in range(_SLOW_READERS):
        strand = await strands.connect(lab.url)
        strand.writer.write(request("GET", path, token=alice.token) * _ANSWERS_EACH)
    await _served(alice, times=100)
    # Each may hold the answer that is on its way and the next one, which waits for it; not the other eighteen.
    assert memory_bytes(lab.pid) - before < _SLOW_READERS * 3 * size
    await strands.cut()
    await _served(alice, times=1)


async def test_a_body_that_never_ends_is_cut(lab: AmanatProcess, register: Register, strands: Strands) -> None:
    alice = await register(lab.url, "alice")
    strand = await strands.connect(lab.url)
    head = f"POST {CLIENT}/createRoom HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {alice.token}\r\n"
    strand.writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
    before = memory_bytes(lab.pid)
    sent = await _pour(strand, limit=1_000 * _MEGABYTE)
    assert sent < 20 * _MEGABYTE, "what fits in the buffers on the way, and the limit"
    assert memory_bytes(lab.pid) - before < 5 * _MEGABYTE
    await _served(alice, times=1)


async def test_a_flood_of_half_open_requests_keeps_nobody_out_and_leaves_nothing(
    lab: AmanatProcess, register: Register, strands: Strands
) -> None:
    alice = await register(lab.url, "alice")
    files, before = descriptors(lab.pid), memory_bytes(lab.pid)
    for _ in range(_HALF_OPEN):
        strand = await strands.connect(lab.url)
        strand.writer.write(b"GET /_matrix/client/versions HTTP/1.1\r\nHost: local")
    await _served(alice, times=20)
    assert descriptors(lab.pid) >= files + _HALF_OPEN
    assert (memory_bytes(lab.pid) - before) / _HALF_OPEN <= _SESSION_BYTES
    await strands.cut()
    await _descriptors_come_down_to(lab, files)


async def test_cancelled_polls_leave_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")
    since = (await alice.sync())["next_batch"]
    poll = f"GET {CLIENT}{sync_path(since, timeout_ms=60_000)}"
    async with running(amanat.amanat.client_app) as server:
        wires = [await server.connect() for _ in range(50)]
        for wire in wires:
            await wire.ask(poll, f"Authorization: Bearer {alice.token}")
        listener = amanat.amanat.notifier.find(alice.user_id)
        assert listener is not None
        await server.until(lambda: len(listener.waiters) == len(wires))
        for wire in wires:
            await wire.close()
        await server.until(lambda: not listener.waiters)
        await server.until(lambda: not server.server.connections.open)


async def _open_room(host: Device) -> str:
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    body = {"preset": "public_chat", "initial_state": [encryption]}
    room_id: str = (await host.ask("POST", "/createRoom", body)).json()["room_id"]
    return room_id


async def _visitor(url: str, name: str, room_id: str) -> Device:
    visitor = await device.register(url, name)
    await visitor.join(room_id)
    visitor.close()
    return visitor


async def _in_turns(count: int, act: Callable[[int], Coroutine[object, object, Device]]) -> list[Device]:
    """Do something that many times, a few at once; return the results."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def one(number: int) -> Device:
        async with turns:
            return await act(number)

    return await asyncio.gather(*(one(number) for number in range(count)))


async def _pour(strand: Strand, *, limit: int) -> int:
    """Send pieces of a body until the server hangs up; return how much it took."""
    chunk, sent = b"10000\r\n" + b" " * 0x10000 + b"\r\n", 0
    with contextlib.suppress(ConnectionError):
        while sent < limit:
            strand.writer.write(chunk)
            await strand.writer.drain()
            sent += len(chunk)
    return sent


async def _park(strand: Strand, person: Device, since: str) -> Strand:
    strand.writer.write(request("GET", CLIENT + sync_path(since, timeout_ms=120_000), token=person.token))
    await strand.writer.drain()
    return strand


async def _answer(strand: Strand) -> bytes:
    _, headers = await read_head(strand.reader)
    return await strand.reader.readexactly(int(headers["content-length"]))


async def _served(person: Device, *, times: int) -> None:
    """Be served like anybody else, and let the server come to everything that has been asked meanwhile."""
    for _ in range(times):
        (await person.ask("GET", "/account/whoami")).json()
        await asyncio.sleep(0.02)


async def _descriptors_come_down_to(lab: AmanatProcess, count: int) -> None:
    async with asyncio.timeout(30):
        while descriptors(lab.pid) > count:  # noqa: ASYNC110  another process closes them
            await asyncio.sleep(0.05)
