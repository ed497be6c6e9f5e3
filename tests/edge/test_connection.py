"""Connections over a real socket: what keeps one open, and what ends it."""

import asyncio
from typing import Any

import pytest
from msgspec import Struct

from amanat.edge.app import App, EdgeRules
from amanat.edge.connection import ConnectionRules
from amanat.edge.request import BodyRules, Request
from amanat.edge.responses import Response
from amanat.edge.routes import collect, get, put
from amanat.edge.server import ServerRules
from tests.edge.running import running


class Nobody(Struct, frozen=True):
    user_id: str = ""


class Endpoints:
    def __init__(self) -> None:
        self.parked: list[Request] = []
        self.gone = 0

    @get("/quick", auth="none")
    async def quick(self, request: Request) -> dict[str, str]:
        return {"agent": request.header("user-agent") or ""}

    @put("/body", auth="none", body_limit=1_000_000)
    async def body(self, request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    @get("/poll", auth="none")
    async def poll(self, request: Request) -> dict[str, Any]:
        woken = asyncio.Event()
        request.on_disconnect(woken.set)
        self.parked.append(request)
        await woken.wait()
        self.parked.remove(request)
        self.gone += request.disconnected
        return {}

    @get("/large", auth="none")
    async def large(self, request: Request) -> Response:
        return Response(200, bytes(30_000_000), [])


async def authenticate(token: str, request: Request) -> Nobody:
    return Nobody()


def app(endpoints: Endpoints, body: BodyRules | None = None) -> App[Nobody]:
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
        await server.until(lambda: server.server.server_state.connections)
        server.server.sweep()
        assert await wire.ended()


async def test_a_parked_poll_is_never_overdue() -> None:
    endpoints = Endpoints()
    async with running(app(endpoints), rules=IMPATIENT) as server:
        wire = await server.connect()
        await wire.ask("GET /poll")
        await server.until(lambda: endpoints.parked)
        server.server.sweep()
        await asyncio.sleep(0)
        assert len(endpoints.parked) == 1


async def test_a_client_that_does_not_read_its_answer_is_cut() -> None:
    async with running(app(Endpoints()), rules=IMPATIENT) as server:
        wire = await server.connect()
        await wire.ask("GET /large")
        state = server.server.server_state
        await server.until(lambda: state.total_requests == 1)
        server.server.sweep()
        await server.until(lambda: not state.connections)
