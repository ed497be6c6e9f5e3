"""The front door: every outcome of an endpoint becomes an answer that a Matrix client and a browser can read."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from msgspec import Struct
from structlog.testing import capture_logs

from amanat.core.errors import Forbidden, LimitExceeded, UnknownToken, UserSuspended
from amanat.core.requester import AccountState
from amanat.edge.app import App, EdgeRules
from amanat.edge.rate_limit import Limit, Rate, RateLimiter
from amanat.edge.request import Request
from amanat.edge.responses import CORS, Response, Stream, html
from amanat.edge.routes import collect, get, post, put
from tests.edge.asking import Client, ask, asking


class Person(Struct, frozen=True):
    user_id: str

    @property
    def state(self) -> AccountState:
        return "suspended" if self.user_id.startswith("@eve") else "free"

    def check(self, allows: AccountState) -> None:
        if allows == "free":
            raise UserSuspended


class Echo:
    """Endpoints that show what the edge gave them."""

    @get("/open", auth="none")
    async def open(self, request: Request) -> dict[str, Any]:
        return {}

    @get("/whoami")
    async def whoami(self, request: Request, requester: Person) -> Person:
        return requester

    @get("/maybe", auth="optional")
    async def maybe(self, request: Request, requester: Person | None) -> dict[str, bool]:
        return {"known": requester is not None}

    @get("/stored", auth="none")
    async def stored(self, request: Request) -> bytes:
        return b'{"as":"is"}'

    @get("/list", auth="none")
    async def list(self, request: Request) -> list[int]:
        return [1, 2]

    @get("/created", auth="none")
    async def created(self, request: Request) -> Response:
        return Response(201, b"plain", [(b"content-type", b"text/plain")])

    @get("/page", auth="none")
    async def page(self, request: Request) -> Response:
        return html("<p>hello</p>")

    @get("/chunks", auth="none")
    async def chunks(self, request: Request) -> Stream:
        async def pieces() -> AsyncGenerator[bytes, None]:
            yield b"one "
            yield b"two"

        return Stream(200, [*CORS, (b"content-type", b"text/plain")], pieces())

    @get("/broken-chunks", auth="none")
    async def broken_chunks(self, request: Request) -> Stream:
        async def pieces() -> AsyncGenerator[bytes, None]:
            yield b"one "
            raise OSError("the disk is gone")

        return Stream(200, [], pieces())

    @get("/bug", auth="none")
    async def bug(self, request: Request) -> None:
        raise ZeroDivisionError("a secret in a traceback")

    @get("/forbidden", auth="none")
    async def forbidden(self, request: Request) -> None:
        raise Forbidden("You are not in this room.")

    @get("/slow-down", auth="none")
    async def slow_down(self, request: Request) -> None:
        raise LimitExceeded(retry_after_ms=1500)

    @put("/body", auth="none")
    async def body(self, request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    @post("/upload", auth="none", body_limit=10)
    async def upload(self, request: Request) -> dict[str, int]:
        return {"length": len(await request.body())}

    @get("/for-ever", auth="none")
    async def for_ever(self, request: Request) -> None:
        await asyncio.Event().wait()


async def authenticate(token: str, request: Request) -> Person:
    if token != "alice's":
        raise UnknownToken
    return Person("@alice:example.org")


@pytest.fixture
def app() -> App[Person]:
    return App(collect(Echo()), authenticate=authenticate)


@pytest.mark.parametrize("path", ["/open", "/nowhere", "/bug", "/forbidden", "/whoami", "/page"])
async def test_every_answer_lets_a_page_of_another_origin_read_it(app: App[Person], path: str) -> None:
    answer = await ask(app, "GET", path)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "GET, POST, PUT, DELETE, OPTIONS"
    assert answer.headers["access-control-allow-headers"] == "X-Requested-With, Content-Type, Authorization"


@pytest.mark.parametrize("path", ["/whoami", "/bug", "/nowhere", "/%zz"])
async def test_a_preflight_is_answered_for_any_path_and_runs_nothing(app: App[Person], path: str) -> None:
    answer = await ask(app, "OPTIONS", path)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("path", "body"), [("/open", b"{}"), ("/stored", b'{"as":"is"}'), ("/list", b"[1,2]"), ("/chunks", b"one two")]
)
async def test_an_endpoint_may_return_values_bytes_or_chunks(app: App[Person], path: str, body: bytes) -> None:
    answer = await ask(app, "GET", path)
    assert (answer.status, answer.body) == (200, body)


async def test_a_struct_becomes_a_json_object(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/whoami", token="alice's")
    assert answer.json == {"user_id": "@alice:example.org"}
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-length"] == str(len(answer.body))


async def test_a_response_is_sent_as_it_is(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/created")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (201, b"plain", "text/plain")


async def test_a_page_runs_no_script(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/page")
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/stored", "/chunks"])
async def test_head_is_get_without_its_body(app: App[Person], path: str) -> None:
    got, head = await ask(app, "GET", path), await ask(app, "HEAD", path)
    assert (head.status, head.headers, head.body) == (got.status, got.headers, b"")


async def test_an_unknown_path_is_unrecognized(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/_matrix/client/r0/sync")
    assert (answer.status, answer.errcode) == (404, "M_UNRECOGNIZED")


async def test_a_wrong_method_is_told_which_ones_there_are(app: App[Person]) -> None:
    answer = await ask(app, "DELETE", "/open")
    assert (answer.status, answer.errcode) == (405, "M_UNRECOGNIZED")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


async def test_an_unreadable_path_is_an_invalid_parameter(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/%zz")
    assert (answer.status, answer.errcode) == (400, "M_INVALID_PARAM")


async def test_an_error_keeps_its_sentence(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/forbidden")
    assert (answer.status, answer.json) == (403, {"errcode": "M_FORBIDDEN", "error": "You are not in this room."})


async def test_a_refusal_for_haste_says_when_to_come_back(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/slow-down")
    assert (answer.status, answer.errcode, answer.json["retry_after_ms"]) == (429, "M_LIMIT_EXCEEDED", 1500)
    assert answer.headers["retry-after"] == "2"


async def test_a_bug_shows_its_request_id_and_keeps_its_traceback_in_the_log(app: App[Person]) -> None:
    with capture_logs() as logs:
        answer = await ask(app, "GET", "/bug")
    assert (answer.status, answer.errcode) == (500, "M_UNKNOWN")
    assert b"secret" not in answer.body
    assert b"Error" not in answer.body
    assert [line["request_id"] for line in logs] == [answer.json["request_id"]]
    assert logs[0]["exc_info"]


async def test_without_a_token_it_is_missing(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/whoami")
    assert (answer.status, answer.errcode) == (401, "M_MISSING_TOKEN")


async def test_a_token_in_the_query_counts_for_nothing(app: App[Person]) -> None:
    answer = await ask(app, "GET", "/whoami?access_token=alice's")
    assert (answer.status, answer.errcode) == (401, "M_MISSING_TOKEN")


@pytest.mark.parametrize("header", ["alice's", "Basic alice's", "Bearer", "Bearer  "])
async def test_a_header_that_is_no_bearer_token_is_a_missing_one(app: App[Person], header: str) -> None:
    answer = await ask(app, "GET", "/whoami", headers={"Authorization": header})
    assert (answer.status, answer.errcode) == (401, "M_MISSING_TOKEN")


async def test_an_unknown_token_is_refused_even_where_none_is_needed(app: App[Person]) -> None:
    assert (await ask(app, "GET", "/maybe")).json == {"known": False}
    assert (await ask(app, "GET", "/maybe", token="alice's")).json == {"known": True}
    assert (await ask(app, "GET", "/maybe", token="eve's")).errcode == "M_UNKNOWN_TOKEN"


async def test_a_route_sets_the_size_of_its_bodies(app: App[Person]) -> None:
    assert (await ask(app, "POST", "/upload", body=b"x" * 10)).json == {"length": 10}
    answer = await ask(app, "POST", "/upload", body=b"x" * 11)
    assert (answer.status, answer.errcode) == (413, "M_TOO_LARGE")


async def test_a_client_that_hangs_up_inside_its_body_is_not_answered(app: App[Person]) -> None:
    assert await app(asking("PUT", "/body", incoming=Client([b"x"], then="gone").incoming)) is None


async def test_a_request_that_outlives_the_server_is_told_to_ask_again(app: App[Person]) -> None:
    waiting = asyncio.ensure_future(ask(app, "GET", "/for-ever"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    answer = await waiting
    assert (answer.status, answer.errcode) == (503, "M_UNKNOWN")


def limited(rate: Rate, *, by: str) -> App[Person]:
    row = Limit(account=rate) if by == "account" else Limit(address=rate)
    limiter = RateLimiter({"default": row}, now=lambda: 0.0)
    return App(collect(Echo()), authenticate=authenticate, limiter=limiter)


async def test_an_address_is_counted_before_its_token_is_looked_at() -> None:
    app = limited(Rate(per_second=1, burst=2), by="address")
    answers = [await ask(app, "GET", "/whoami", token="eve's", client=f"2001:db8::{n}") for n in range(3)]
    assert [answer.errcode for answer in answers] == ["M_UNKNOWN_TOKEN", "M_UNKNOWN_TOKEN", "M_LIMIT_EXCEEDED"]
    assert (await ask(app, "GET", "/open", client="2001:db8:0:1::1")).status == 200


async def test_an_account_is_counted_wherever_it_asks_from() -> None:
    app = limited(Rate(per_second=1, burst=2), by="account")
    answers = [await ask(app, "GET", "/whoami", token="alice's", client=f"192.0.2.{n}") for n in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 429]


def test_a_route_of_a_class_without_a_limit_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="default"):
        App(collect(Echo()), authenticate=authenticate, limiter=RateLimiter({}, now=lambda: 0.0))


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("LOCALHOST:8008", 200), ("[::1]:8008", 200), ("evil.example", 403), ("", 403)],
)
async def test_only_the_names_it_was_given_are_answered(host: str, status: int) -> None:
    rules = EdgeRules(hosts=frozenset({"localhost", "[::1]"}))
    app = App(collect(Echo()), authenticate=authenticate, rules=rules)
    assert (await ask(app, "GET", "/open", headers={"Host": host})).status == status
