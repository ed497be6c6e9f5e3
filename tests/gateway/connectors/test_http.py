"""A web service on this machine is asked: what it is told, what counts of its answer, and what is not asked at all."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from amanat.gateway.connectors.http import HttpSource
from amanat.gateway.connectors.settings import HttpSettings
from amanat.gateway.connectors.source import NOT_FOUND, SourceFailed
from amanat.outbound.http import MAX_ANSWER_BYTES
from tests.gateway.connectors.calls import call
from tests.outbound.answering import Answering

LOCAL = ["127.0.0.0/8"]
GIVES = {"status": "/data/status", "office": "/data/office/name"}
ANSWER = b'{"data": {"status": "ready {x} **y**", "office": {"name": "Bogor"}, "nik": "3171"}}'

Make = Callable[..., HttpSource]


@pytest.fixture
async def source(other: Answering) -> AsyncIterator[Make]:
    made: list[HttpSource] = []

    def make(path: str = "/api/{reference}", **settings: object) -> HttpSource:
        wanted = {"gives": GIVES, "networks": LOCAL, **settings}
        made.append(HttpSource(HttpSettings(url=f"{other.url}{path}", **wanted)))  # type: ignore[arg-type]  # settings of a test
        return made[-1]

    yield make
    for each in made:
        await each.close()


async def _refused(asking: Awaitable[object]) -> str:
    with pytest.raises(SourceFailed) as failed:
        await asking
    return str(failed.value)


async def test_of_an_answer_only_what_the_flow_declares_is_handed_on(source: Make, other: Answering) -> None:
    other.body = ANSWER
    asked = await source(headers={"Authorization": "Bearer key"}).ask(call({"reference": "12 3/4"}, "status"))
    assert (asked.outcome, asked.values) == ("found", {"status": "ready {x} **y**"})
    assert other.asked[0].line == "GET /api/12%203%2F4 HTTP/1.1"
    assert other.asked[0].headers["authorization"] == "Bearer key"
    assert other.asked[0].headers["accept-encoding"] == "identity"
    assert "idempotency-key" not in other.asked[0].headers


@pytest.mark.parametrize("value", ["", ".", ".."])
async def test_what_would_lead_to_another_address_is_not_asked(source: Make, other: Answering, value: str) -> None:
    assert await source().ask(call({"reference": value})) == NOT_FOUND
    assert other.asked == []


@pytest.mark.parametrize(("status", "body"), [(404, b""), (410, b"gone"), (200, b"[]"), (200, b'{"data": null}')])
async def test_nothing_there_is_not_found(source: Make, other: Answering, status: int, body: bytes) -> None:
    other.status, other.body = status, body
    assert await source().ask(call({"reference": "1"})) == NOT_FOUND


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [(401, b"", "status 401"), (302, b"", "status 302"), (200, b"<html>", "no JSON"), (200, b"[" * 60_000, "no JSON")],
)
async def test_what_nobody_expects_is_an_error(
    source: Make, other: Answering, status: int, body: bytes, says: str
) -> None:
    other.status, other.body = status, body
    assert says in await _refused(source().ask(call({"reference": "1"})))
    assert len(other.asked) == 1


async def test_an_answer_has_a_size(source: Make, other: Answering) -> None:
    other.body = b" " * (MAX_ANSWER_BYTES + 1)
    assert "too large" in await _refused(source().ask(call({"reference": "1"})))


async def test_a_get_that_fails_is_asked_once_more(source: Make, other: Answering) -> None:
    other.status = 503
    assert "status 503" in await _refused(source().ask(call({"reference": "1"})))
    assert len(other.asked) == 2


async def test_what_may_change_something_is_asked_once_and_names_its_request(source: Make, other: Answering) -> None:
    other.status = 503
    complaint = source("/complaints", method="POST", gives={"status": "/number"})
    assert "status 503" in await _refused(complaint.ask(call({"text": "Antre {lama}"})))
    (asked,) = other.asked
    assert (asked.line, asked.body) == ("POST /complaints HTTP/1.1", b'{"text":"Antre {lama}"}')
    assert asked.headers["idempotency-key"] == "conversation/1"
    other.status, other.body = 201, b'{"number": 17}'
    assert (await complaint.ask(call({"text": "Antre"}))).values == {"status": "17"}


async def test_a_peer_that_does_not_answer_is_waited_for_no_longer_than_its_deadline(
    source: Make, other: Answering
) -> None:
    other.silent = True
    assert "no answer in time" in await _refused(source(deadline_s=0.05).ask(call({"reference": "1"})))


async def test_our_own_network_is_not_asked_unless_the_operator_says_so(other: Answering) -> None:
    url = f"https://127.0.0.1:{other.port}/"
    source = HttpSource(HttpSettings(url=url, gives=GIVES))
    assert await _refused(source.ask(call({}))) == "no connection"
    await source.close()
    assert other.asked == []
