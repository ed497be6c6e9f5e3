"""What an endpoint can ask of a request, and what clients may not put into one."""

import asyncio
from typing import Any

import pytest
from msgspec import Struct

from amanat.core.errors import BadJson, InvalidParam, MatrixError, MissingParam, NotJson, TooLarge, TooSlow
from amanat.edge.addresses import Proxies
from amanat.edge.incoming import ClientGone, Incoming
from amanat.edge.request import BodyRules, Request
from tests.edge.asking import Client, asking


class Receipt(Struct, frozen=True):
    ts: int
    thread_id: str | None = None


def asked(
    target: str = "/",
    *pieces: bytes,
    headers: dict[str, str] | None = None,
    incoming: Incoming | None = None,
    rules: BodyRules | None = None,
) -> Request:
    request = asking("PUT", target, headers, incoming=incoming or Client(pieces).incoming)
    request.rules, request.proxies = rules or BodyRules(), Proxies(["192.0.2.1/32"])
    return request


def test_headers_are_found_in_any_case() -> None:
    request = asked(headers={"User-Agent": "nio"})
    assert (request.header("user-agent"), request.header("USER-AGENT"), request.header("range")) == ("nio", "nio", None)


def test_the_client_is_found_behind_our_proxy() -> None:
    assert asked().client_address == "192.0.2.1"
    assert asked(headers={"X-Forwarded-For": "198.51.100.9"}).client_address == "198.51.100.9"


def test_of_several_values_the_first_counts() -> None:
    request = asked("/?via=a&via=b&since=s%201")
    assert (request.query("via"), request.getlist("via"), request.query("since")) == ("a", ["a", "b"], "s 1")
    assert (request.query("none"), request.getlist("none")) == (None, [])


def test_a_query_that_cannot_be_decoded_is_refused_when_it_is_read() -> None:
    request = asked("/?filter=%ff")
    with pytest.raises(InvalidParam):
        request.query("since")


def test_a_parameter_that_must_be_there() -> None:
    assert asked("/?user_id=x").query_required("user_id") == "x"
    with pytest.raises(MissingParam, match="user_id"):
        asked("/").query_required("user_id")


@pytest.mark.parametrize(("query", "number"), [("", 10), ("?n=3", 3), ("?n=99", 50), ("?n=0", 0)])
def test_a_number_is_kept_within_its_bounds(query: str, number: int) -> None:
    assert asked(f"/{query}").query_int("n", 10, minimum=0, maximum=50) == number


@pytest.mark.parametrize("value", ["", "x", "1.5", "-1", "%201", "1_0", "%D9%A3", "9" * 5000, "-", "--1"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(InvalidParam):
        asked(f"/?n={value}").query_int("n", 10, minimum=0, maximum=50)


def test_a_boolean_is_true_or_false() -> None:
    request = asked("/?a=true&b=false&c=1")
    assert (request.query_bool("a"), request.query_bool("b", default=True)) == (True, False)
    assert (request.query_bool("none"), request.query_bool("none", default=True)) == (False, True)
    with pytest.raises(InvalidParam):
        request.query_bool("c")


async def test_a_body_is_the_same_in_one_piece_and_in_many() -> None:
    request = asked("/", b'{"ts"', b"", b":1}")
    assert await request.body() == b'{"ts":1}'
    assert await request.body() == b'{"ts":1}'
    assert await request.struct(Receipt) == Receipt(1)
    assert request.is_over_soon


async def test_an_upload_comes_piece_by_piece() -> None:
    request = asked("/", b"one", b"two", b"three")
    assert [piece async for piece in request.stream(100)] == [b"one", b"two", b"three"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NotJson),
        (b"{", NotJson),
        (b"\xff", NotJson),
        (b'{"ts":1.5}', BadJson),
        (b'{"ts":9007199254740992}', BadJson),
        (b'{"ts":1,"ts":2}', BadJson),
        (b"[" * 101 + b"]" * 101, BadJson),
        (b'{"ts":"1"}', BadJson),
        (b"{}", BadJson),
        (b"[]", BadJson),
        (b'{"ts":1,"thread_id":5}', BadJson),
    ],
)
async def test_a_body_of_the_wrong_shape_is_refused(body: bytes, error: type[MatrixError]) -> None:
    with pytest.raises(error):
        await asked("/", body).struct(Receipt)


async def test_a_refused_body_names_the_field() -> None:
    with pytest.raises(BadJson, match="thread_id"):
        await asked("/", b'{"ts":1,"thread_id":5}').struct(Receipt)


async def test_an_optional_body_may_be_empty() -> None:
    assert await asked("/", b"").json(optional=True) == {}
    with pytest.raises(BadJson):
        await asked("/", b"").struct(Receipt, optional=True)


async def test_a_body_declared_too_large_is_refused_before_a_byte_is_read() -> None:
    client = Client([b"x" * 6, b"x" * 5])
    request = asked("/", headers={"Content-Length": "11"}, incoming=client.incoming)
    with pytest.raises(TooLarge):
        await request.body(10)
    assert not client.incoming.whole


async def test_a_body_that_turns_out_too_large_is_cut() -> None:
    for read in (lambda request: request.body(10), collected):
        with pytest.raises(TooLarge):
            await read(asked("/", b"x" * 6, b"x" * 6, b"x" * 1000))


async def collected(request: Request) -> Any:
    return [piece async for piece in request.stream(10)]


async def test_a_body_that_stops_coming_is_given_up() -> None:
    silent = Client([b"x"], then="silence").incoming
    with pytest.raises(TooSlow):
        await asked("/", incoming=silent, rules=BodyRules(grace_s=0.01)).body()


async def test_a_body_that_never_ends_is_given_up_however_small_its_pieces() -> None:
    async def trickle() -> None:
        while True:
            await asyncio.sleep(0.005)
            incoming.feed(b"x")

    incoming = Client([], then="silence").incoming
    trickling = asyncio.create_task(trickle())
    with pytest.raises(TooSlow):
        await asked("/", incoming=incoming, rules=BodyRules(grace_s=0.02)).body()
    trickling.cancel()


async def test_a_client_that_hangs_up_inside_its_body_is_gone() -> None:
    request = asked("/", incoming=Client([b"x"], then="gone").incoming)
    with pytest.raises(ClientGone):
        await request.body()
    assert request.disconnected


@pytest.mark.parametrize(
    ("headers", "over"),
    [
        ({"Content-Length": "5"}, True),
        ({"Content-Length": "70000"}, False),
        ({"Transfer-Encoding": "chunked"}, False),
    ],
)
def test_it_is_known_whether_much_of_a_body_may_still_come(headers: dict[str, str], over: bool) -> None:
    assert asked(headers=headers, incoming=Client([b"x"], then="silence").incoming).is_over_soon is over
    assert asked(headers=headers).is_over_soon


def test_a_parked_request_hears_of_the_hang_up() -> None:
    incoming, told = Client([]).incoming, list[str]()
    request = asked(incoming=incoming)
    request.on_disconnect(lambda: told.append("gone"))
    assert not request.disconnected
    incoming.lose()
    assert (told, request.disconnected) == (["gone"], True)


def test_a_released_request_hears_nothing() -> None:
    incoming, told = Client([]).incoming, list[str]()
    request = asked(incoming=incoming)
    request.on_disconnect(lambda: told.append("gone"))
    request.release()
    incoming.lose()
    assert told == []


def test_a_request_keeps_its_id() -> None:
    request = asked()
    assert request.id == request.id != asked().id
