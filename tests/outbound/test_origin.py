"""A server asked over kept connections: what it answers, and what becomes of a request when it does not."""

import asyncio
import ssl
from pathlib import Path

import pytest
import uvloop

from amanat.cli.loop import run
from amanat.outbound import origin as module
from amanat.outbound.http import Unreachable
from amanat.outbound.origin import Origin
from tests.outbound.answering import Answering, answering
from tests.outbound.certificate import write_certificate
from tests.outbound.keeping import Keeping


async def test_requests_share_a_connection(keeping: Keeping) -> None:
    origin = Origin(f"http://127.0.0.1:{keeping.port}/below")
    for body in b"", b"said":
        answer = await origin.ask("PUT", "/path?q=1", headers={}, body=body, deadline_s=10)
        assert (answer.status, answer.body) == (200, b"put /below/path?q=1 " + body)
    assert keeping.connections == 1
    origin.close()


def test_it_works_on_the_loop_that_commands_run_on() -> None:
    async def ask() -> bytes:
        keeping = Keeping()
        async with await asyncio.start_server(keeping.serve, "127.0.0.1", 0) as server:
            origin = Origin(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
            answer = await origin.ask("GET", "/", headers={}, deadline_s=10)
            origin.close()
            server.close()
            return answer.body

    assert run(ask()) == b"get / "


async def test_no_more_connections_than_allowed(keeping: Keeping) -> None:
    origin = Origin(f"http://127.0.0.1:{keeping.port}", connections=2)
    await asyncio.gather(*(origin.ask("GET", "/", headers={}, deadline_s=10) for _ in range(10)))
    assert keeping.connections <= 2
    origin.close()


async def test_a_connection_that_the_server_closed_is_not_used_again(keeping: Keeping) -> None:
    keeping.hangs_up_after = 1
    origin = Origin(f"http://127.0.0.1:{keeping.port}")
    for _ in range(2):
        answer = await origin.ask("GET", "/", headers={}, deadline_s=10)
        assert answer.status == 200
        async with asyncio.timeout(10):
            while any(connection.is_good for connection in origin._idle):  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0)
    assert keeping.connections == 2
    origin.close()


async def test_retry_after_is_read(other: Answering) -> None:
    other.status, other.headers = 429, "retry-after: 7\r\n"
    answer = await Origin(other.url).ask("GET", "/", headers={}, deadline_s=10)
    assert (answer.status, answer.retry_after_s) == (429, 7)


async def test_silence_ends_at_the_deadline(other: Answering) -> None:
    other.silent = True
    with pytest.raises(Unreachable) as raised:
        await Origin(other.url).ask("GET", "/", headers={}, deadline_s=0.01)
    assert raised.value.maybe_received


async def test_nobody_there_is_told_apart(other: Answering) -> None:
    with pytest.raises(Unreachable) as raised:
        await Origin("http://127.0.0.1:9").ask("GET", "/", headers={}, deadline_s=10)
    assert not raised.value.maybe_received


async def test_an_answer_too_large_is_not_kept(other: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_ANSWER_BYTES", 10)
    other.body = b"x" * 11
    with pytest.raises(Unreachable, match="too large"):
        await Origin(other.url).ask("GET", "/", headers={}, deadline_s=10)


async def test_a_line_break_smuggles_nothing(other: Answering) -> None:
    with pytest.raises(ValueError, match="line break"):
        await Origin(other.url).ask("GET", "/", headers={"x": "a\r\nb: c"}, deadline_s=10)
    with pytest.raises(ValueError, match="no http"):
        Origin("ftp://example.org")


async def test_a_certificate_is_held_against_the_name(tmp_path: Path) -> None:
    file = write_certificate(tmp_path, host="office.example")
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(file)
    trusting = ssl.create_default_context(cafile=str(file))
    async with answering(tls=server_side) as other:
        origin = Origin(f"https://127.0.0.1:{other.port}", tls=trusting)
        with pytest.raises(Unreachable, match="SSL"):
            await origin.ask("GET", "/", headers={}, deadline_s=10)
        assert other.asked == []


def test_it_asks_on_the_loop_that_commands_run_on() -> None:
    async def ask() -> bytes:
        keeping = Keeping()
        server = await asyncio.start_server(keeping.serve, "127.0.0.1", 0)
        origin = Origin(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        answer = await origin.ask("GET", "/a", headers={}, deadline_s=10)
        origin.close()
        server.close()
        return answer.body

    assert uvloop.run(ask()).startswith(b"get /a")
