"""Connections over a real socket: what keeps one open, and what ends it."""

import asyncio
from collections.abc import AsyncGenerator
from functools import partial
from typing import Any

import pytest
from structlog.testing import capture_logs

from amanat.core.requester import Requester
from amanat.edge.app import App, EdgeRules
from amanat.edge.connection import ConnectionRules
from amanat.edge.request import BodyRules, Request
from amanat.edge.responses import Response, Stream
from amanat.edge.routes import collect, get, put
from amanat.edge.server import ServerRules
from tests.edge.running import Running, running

PIECE = b"some"


NOBODY = Requester(user_id="", device_id="", token_hash=b"")


class Endpoints:
    def __init__(self) -> None:
        self.parked: list[Request] = []
        self.gone = 0
        self.woken = asyncio.Event()
        self.poured = 0
        self.freed = 0

    @get("/quick", auth="none")
    async def quick(self, request: Request) -> dict[str, str]:
        return {"agent": request.header("user-agent") or ""}

    @put("/body", auth="none", body_limit=1_000_000)
    async def body(self, request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    @get("/poll", auth="none")
    async def poll(self, request: Request) -> dict[str, Any]:
        request.on_disconnect(self.woken.set)
        self.parked.append(request)
        await self.woken.wait()
        self.parked.remove(request)
        self.gone += request.disconnected
        return {}

    @get("/large", auth="none")
    async def large(self, request: Request) -> Response:
        return Response(200, bytes(30_000_000), [])

    @get("/pieces", auth="none")
    async def pieces(self, request: Request) -> Stream:
        return Stream(200, [], self._pieces(request.query_int("count", 2)))

    @get("/broken", auth="none")
    async def broken(self, request: Request) -> Stream:
        return Stream(200, [(b"content-length", b"8")], self._pieces(1, then=OSError("the disk is gone")))

    async def _pieces(self, count: int, *, then: Exception | None = None) -> AsyncGenerator[bytes, None]:
        try:
            for _ in range(count):
                self.poured += 1
                yield PIECE
            if then is not None:
                raise then
        finally:
            self.freed += 1


async def authenticate(token: str, request: Request) -> Requester:
    return NOBODY


def app(endpoints: Endpoints, body: BodyRules | None = None) -> App[Requester]:
    return App(collect(endpoints), authenticate=authenticate, rules=EdgeRules(body=body or BodyRules()))


IMPATIENT = ServerRules(grace_s=1, connections=ConnectionRules(head_bytes=2000, head_s=0, keep_alive_s=0, unread_s=0))


async def test_one_connection_carries_many_requests() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        for _ in range(3):
            await wire.ask("GET /quick")
            assert (await wire.reply()).status == 200
        await wire.ask("PUT /body", "Content-Length: 3")
        await wire.send(b"abc")
        assert (await wire.reply()).body == b'{"length":3}'


async def test_an_answer_names_neither_server_nor_date() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("GET /quick")
        assert {"server", "date"}.isdisjoint((await wire.reply()).headers)


async def test_pipelined_requests_are_answered_in_order() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("GET /quick", "User-Agent: one")
        await wire.ask("GET /quick", "User-Agent: two")
        assert [(await wire.reply()).body for _ in range(2)] == [b'{"agent":"one"}', b'{"agent":"two"}']


async def test_who_asks_far_ahead_is_cut() -> None:
    endpoints = Endpoints()
    async with running(app(endpoints), rules=ServerRules(connections=ConnectionRules(ahead=5))) as server:
        wire = await server.connect()
        await wire.ask("GET /poll")
        await server.until(lambda: endpoints.parked)
        await wire.send(b"GET /quick HTTP/1.1\r\n\r\n" * 6)
        assert await wire.ended()
        await server.until(lambda: not endpoints.parked)


async def test_a_parked_poll_hears_that_its_client_hung_up() -> None:
    endpoints = Endpoints()
    async with running(app(endpoints)) as server:
        wire = await server.connect()
        await wire.ask("GET /poll")
        await server.until(lambda: endpoints.parked)
        await wire.close()
        await server.until(lambda: not endpoints.parked)
        assert endpoints.gone == 1


async def test_a_body_in_many_packets_is_whole() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("PUT /body", "Content-Length: 200000")
        for _ in range(10):
            await wire.send(bytes(20_000))
            await asyncio.sleep(0)
        assert (await wire.reply()).body == b'{"length":200000}'


async def test_a_client_may_ask_whether_to_send_its_body() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("PUT /body", "Content-Length: 3", "Expect: 100-continue")
        assert (await wire.reply()).status == 100
        await wire.send(b"abc")
        assert (await wire.reply()).status == 200


async def test_a_body_that_never_ends_is_cut() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("PUT /body", "Transfer-Encoding: chunked")
        chunk = b"10000\r\n" + bytes(0x10000) + b"\r\n"
        for _ in range(20):
            await wire.send(chunk)
        reply = await wire.reply()
        assert (reply.status, reply.errcode) == (413, "M_TOO_LARGE")
        assert await wire.ended()


@pytest.mark.parametrize(
    ("header", "ends"),
    [("Content-Length: 99999999", True), ("Content-Length: 12", False), ("Transfer-Encoding: chunked", True)],
)
async def test_the_connection_ends_when_much_of_a_body_would_keep_coming(header: str, ends: bool) -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("PUT /nowhere", header)
        assert ((await wire.reply()).headers.get("connection") == "close") is ends


async def test_a_body_that_nobody_reads_does_not_stand_in_the_way_of_the_next_request() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("PUT /nowhere", "Content-Length: 12")
        assert (await wire.reply()).status == 404
        await wire.send(b"twelve bytes")
        await wire.ask("GET /quick")
        assert (await wire.reply()).status == 200


async def test_a_large_body_that_came_at_once_does_not_either() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        for _ in range(3):
            await wire.ask("PUT /body", "Content-Length: 200000")
            await wire.send(bytes(200_000))
            assert (await wire.reply()).body == b'{"length":200000}'


async def test_a_body_that_stops_coming_is_answered_and_cut() -> None:
    async with running(app(Endpoints(), BodyRules(grace_s=0.05))) as server:
        wire = await server.connect()
        await wire.ask("PUT /body", "Transfer-Encoding: chunked")
        await wire.send(b"1\r\nx\r\n")
        reply = await wire.reply()
        assert (reply.status, reply.errcode) == (408, "M_UNKNOWN")
        assert await wire.ended()


@pytest.mark.parametrize("garbage", [b"\x16\x03\x01\r\n\r\n", b"GET \xff HTTP/1.1\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
async def test_what_is_not_http_is_refused_in_the_form_of_an_error(garbage: bytes) -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.send(garbage)
        reply = await wire.reply()
        assert (reply.status, reply.errcode) == (400, "M_UNKNOWN")
        assert reply.headers["access-control-allow-origin"] == "*"
        assert await wire.ended()


async def test_headers_without_end_are_refused() -> None:
    async with running(app(Endpoints()), rules=ServerRules(connections=ConnectionRules(head_bytes=2000))) as server:
        wire = await server.connect()
        await wire.send(b"GET /quick HTTP/1.1\r\n")
        for _ in range(3):
            await wire.send(b"X-More: " + b"x" * 1000 + b"\r\n")
            await asyncio.sleep(0.01)
        reply = await wire.reply()
        assert (reply.status, reply.errcode) == (431, "M_UNKNOWN")
        assert await wire.ended()


@pytest.mark.parametrize("begun", [b"", b"GET /quick HTTP/1.1\r\nHost: loc"])
async def test_a_client_that_never_finishes_its_headers_is_cut(begun: bytes) -> None:
    async with running(app(Endpoints()), rules=IMPATIENT) as server:
        wire = await server.connect()
        await wire.send(begun)
        await server.until(lambda: server.server.connections.open)
        server.server.connections.sweep()
        assert await wire.ended()


async def test_a_parked_poll_is_never_overdue() -> None:
    endpoints = Endpoints()
    async with running(app(endpoints), rules=IMPATIENT) as server:
        wire = await server.connect()
        await wire.ask("GET /poll")
        await server.until(lambda: endpoints.parked)
        server.server.connections.sweep()
        await asyncio.sleep(0)
        assert len(endpoints.parked) == 1


async def test_a_client_that_does_not_read_its_answer_is_cut() -> None:
    async with running(app(Endpoints()), rules=IMPATIENT) as server:
        wire = await server.connect()
        await wire.ask("GET /large")
        connections = server.server.connections
        await server.until(lambda: any(connection.unread_bytes for connection in connections.open))
        connections.sweep()
        await server.until(lambda: not connections.open)


def slow(server: Running, count: int) -> bool:
    connections = server.server.connections.open
    return sum(connection.unread_bytes > 0 for connection in connections) == count


async def test_of_many_slow_clients_the_slowest_are_cut_when_too_much_lies_unread() -> None:
    rules = ServerRules(grace_s=1, connections=ConnectionRules(unread_bytes=70_000_000))
    async with running(app(Endpoints()), rules=rules) as server:
        wires = []
        for count in (1, 2, 2):
            wires.append(await server.connect())
            await wires[-1].ask("GET /large")
            await server.until(partial(slow, server, count))
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await wires[0].reply()
        assert (await wires[1].reply()).status == 200


# What HTTP allows and few clients do


@pytest.mark.parametrize(
    ("asked", "headers"),
    [
        ("GET /quick HTTP/1.1", ("Connection: close",)),
        ("GET /quick HTTP/1.0", ()),
        ("GET /quick HTTP/1.1", ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk")),
    ],
)
async def test_a_connection_ends_with_the_last_answer(asked: str, headers: tuple[str, ...]) -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.send("\r\n".join([asked, "Host: localhost", *headers, "", ""]).encode())
        reply = await wire.reply()
        assert (reply.status, reply.headers["connection"]) == (200, "close")
        assert await wire.ended()


async def test_a_target_may_name_the_host_too() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.ask("GET http://localhost/quick?x=1", "User-Agent: proxied")
        assert (await wire.reply()).body == b'{"agent":"proxied"}'


async def test_head_is_get_without_its_body_and_the_connection_goes_on() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.send(b"HEAD /quick HTTP/1.1\r\nHost: x\r\n\r\nHEAD /pieces HTTP/1.1\r\nHost: x\r\n\r\n")
        await wire.ask("GET /quick", "User-Agent: me")
        heads = [await wire.head() for _ in range(2)]
        assert [head.status for head in heads] == [200, 200]
        assert heads[0].headers["content-length"] == "12"
        assert (await wire.reply()).body == b'{"agent":"me"}'


async def test_garbage_behind_a_request_spoils_only_what_comes_after_it() -> None:
    endpoints = Endpoints()
    async with running(app(endpoints)) as server:
        wire = await server.connect()
        await wire.ask("GET /poll")
        await server.until(lambda: endpoints.parked)
        await wire.send(b"\x16\x03\x01\r\n\r\n")
        await wire.settled()
        endpoints.woken.set()
        assert (await wire.reply()).status == 200
        assert await wire.ended()


# Bodies that are made while they are sent


async def test_a_body_of_unknown_length_comes_in_chunks() -> None:
    endpoints = Endpoints()
    async with running(app(endpoints)) as server:
        wire = await server.connect()
        await wire.ask("GET /pieces")
        assert (await wire.head()).headers["transfer-encoding"] == "chunked"
        assert await wire.exactly(23) == b"4\r\nsome\r\n4\r\nsome\r\n0\r\n\r\n"
        assert endpoints.freed == 1


async def test_a_client_of_http_1_0_gets_no_chunks() -> None:
    async with running(app(Endpoints())) as server:
        wire = await server.connect()
        await wire.send(b"GET /pieces HTTP/1.0\r\n\r\n")
        assert "transfer-encoding" not in (await wire.head()).headers
        assert await wire.exactly(8) == b"somesome"
        assert await wire.ended()


async def test_a_body_that_breaks_off_ends_the_connection_short() -> None:
    with capture_logs() as logs:
        async with running(app(Endpoints())) as server:
            wire = await server.connect()
            await wire.ask("GET /broken")
            assert (await wire.head()).headers["content-length"] == "8"
            assert await wire.exactly(4) == b"some"
            assert await wire.ended()
    assert [line["event"] for line in logs] == ["stream_failed"]


async def test_a_body_goes_out_as_fast_as_it_is_taken_and_is_freed_with_its_client() -> None:
    endpoints, most = Endpoints(), 50_000_000
    async with running(app(endpoints)) as server:
        wire = await server.connect()
        await wire.ask(f"GET /pieces?count={most}")
        await server.until(lambda: any(connection.unread_bytes for connection in server.server.connections.open))
        poured = endpoints.poured
        await wire.settled()
        assert endpoints.poured == poured < most
        await wire.close()
        await server.until(lambda: endpoints.freed)
        assert endpoints.poured == poured
