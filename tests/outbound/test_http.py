import asyncio
import socket
import ssl
import struct
from contextlib import suppress
from pathlib import Path

import pytest
import uvloop

from amanat.outbound.http import MAX_ANSWER_BYTES, HttpClient, Unreachable
from tests.outbound.answering import Answering, answering
from tests.outbound.certificate import write_certificate

ASKED = 200
INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fd00::1",
    "fec0::1",
    "::127.0.0.1",
    "64:ff9b:1::7f00:1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
]


async def ask(client: HttpClient, url: str) -> bytes:
    try:
        return (await client.ask("GET", url, headers={})).body
    finally:
        await client.close()


async def test_a_request_goes_out_and_its_answer_comes_back(client: HttpClient, other: Answering) -> None:
    other.body = b"hello"
    answer = await client.ask("POST", f"{other.url}/path?q=1", headers={"x-key": "k"}, body=b"said")
    (asked,) = other.asked
    assert (answer.status, answer.body, answer.is_good) == (200, b"hello", True)
    assert (asked.line, asked.headers["x-key"], asked.body) == ("POST /path?q=1 HTTP/1.1", "k", b"said")
    assert asked.headers["host"] == f"127.0.0.1:{other.port}"


@pytest.mark.parametrize("address", INSIDE)
async def test_no_name_leads_to_our_own_network(address: str, other: Answering) -> None:
    async def resolve(_host: str, _port: int) -> list[str]:
        return [address]

    with pytest.raises(Unreachable) as refused:
        await ask(HttpClient(resolve=resolve), f"http://sms.example.org:{other.port}/")
    assert not refused.value.maybe_received
    assert other.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1"])
async def test_no_address_of_our_own_network_is_asked(host: str, other: Answering) -> None:
    with pytest.raises(Unreachable):
        await ask(HttpClient(), f"http://{host}:{other.port}/")
    assert other.asked == []


async def test_the_address_that_was_checked_is_the_one_that_is_asked(other: Answering) -> None:
    """A name server that changes its answer between two questions is asked only once."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]

    async def resolve(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    client = HttpClient(private_networks=["127.0.0.0/8"], resolve=resolve)
    assert await ask(client, f"http://sms.example.org:{other.port}/") == b""
    assert other.asked[0].headers["host"] == f"sms.example.org:{other.port}"
    assert answers == [["10.0.0.1"]]


async def test_a_redirect_is_not_followed(client: HttpClient, other: Answering) -> None:
    other.status, other.headers = 302, f"location: {other.url}/elsewhere\r\n"
    answer = await client.ask("GET", other.url, headers={})
    assert (answer.status, answer.is_good, len(other.asked)) == (302, False, 1)


async def test_who_does_not_answer_is_given_up(other: Answering) -> None:
    other.silent = True
    with pytest.raises(Unreachable) as refused:
        await ask(HttpClient(private_networks=["127.0.0.0/8"], deadline_s=0.2), other.url)
    assert refused.value.maybe_received


async def test_who_answers_byte_by_byte_is_given_up() -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with suppress(ConnectionError):
            while not writer.is_closing():
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.01)
        writer.close()
        hung_up.set()

    hung_up = asyncio.Event()
    server = await asyncio.start_server(drip, "127.0.0.1")
    client = HttpClient(private_networks=["127.0.0.0/8"], deadline_s=0.2)
    async with server:
        with pytest.raises(Unreachable, match="in time"):
            await client.ask("GET", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/", headers={})
        await hung_up.wait()


async def test_nobody_there_has_received_nothing(client: HttpClient) -> None:
    with pytest.raises(Unreachable) as refused:
        await client.ask("GET", "http://127.0.0.1:1/", headers={})
    assert not refused.value.maybe_received


def test_who_hangs_up_at_once_is_unreachable() -> None:
    """On the loop that servers and gateways run on: there, the moment matters."""

    async def story() -> None:
        with socket.create_server(("127.0.0.1", 0), backlog=ASKED) as hanging_up:
            hanging_up.setblocking(False)
            accepting = asyncio.create_task(_hang_up(hanging_up))
            client = HttpClient(private_networks=["127.0.0.0/8"])
            url = f"http://127.0.0.1:{hanging_up.getsockname()[1]}/"
            answers = await asyncio.gather(
                *(client.ask("POST", url, headers={}) for _ in range(ASKED)), return_exceptions=True
            )
            accepting.cancel()
            await client.close()
        assert {type(answer) for answer in answers} == {Unreachable}

    uvloop.run(story())


async def _hang_up(listening: socket.socket) -> None:
    while True:
        accepted, _ = await asyncio.get_running_loop().sock_accept(listening)
        accepted.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # with a reset
        accepted.close()


@pytest.mark.parametrize("name", ["nobody.invalid", "xn--a", "a..b", "a" * 64 + ".example"])
async def test_a_name_that_nobody_knows_is_unreachable(client: HttpClient, name: str) -> None:
    with pytest.raises(Unreachable):
        await client.ask("GET", f"http://{name}/", headers={})


async def test_an_answer_without_end_is_cut(client: HttpClient, other: Answering) -> None:
    other.body = b"x" * (MAX_ANSWER_BYTES + 1)
    with pytest.raises(Unreachable, match="too large") as cut:
        await client.ask("GET", other.url, headers={})
    assert cut.value.status == 200, "it was answered all the same"


async def test_who_wants_a_large_answer_says_how_large(client: HttpClient, other: Answering) -> None:
    other.body, other.headers = b"x" * (MAX_ANSWER_BYTES + 1), "content-type: image/png\r\n"
    answer = await client.ask("GET", other.url, headers={}, most=2 * MAX_ANSWER_BYTES)
    assert (answer.body, answer.content_type) == (other.body, "image/png")


async def test_a_certificate_is_held_against_the_name_and_not_against_the_address(tmp_path: Path) -> None:
    certificate = write_certificate(tmp_path, host="sms.example.org")
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    trusting = ssl.create_default_context(cafile=certificate)

    async def resolve(_host: str, _port: int) -> list[str]:
        return ["127.0.0.1"]

    def client() -> HttpClient:
        return HttpClient(private_networks=["127.0.0.0/8"], resolve=resolve, tls=trusting)

    async with answering(tls=served) as other:
        other.body = b"hello"
        assert await ask(client(), f"https://sms.example.org:{other.port}/") == b"hello"
        with pytest.raises(Unreachable):
            await ask(client(), f"https://other.example.org:{other.port}/")
    assert len(other.asked) == 1
