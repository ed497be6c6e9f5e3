"""What a server's answers mean for a device: try again, never, or stop."""

from collections.abc import Mapping

import pytest

from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.server_api import Asks, LoggedOut, Refused, ServerApi, TryAgain
from amanat.outbound.connection import Flow
from amanat.outbound.http import HttpAnswer, Unreachable

OFFICE = Credentials(homeserver="http://x", user_id="@office:x", device_id="D", access_token="secret")


class Server(Asks):
    """Gives the same answer to everything."""

    def __init__(self, answer: HttpAnswer | Unreachable) -> None:
        self._answer = answer
        self.asked: list[tuple[str, str, bytes | Flow]] = []
        self.types: list[str] = []

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer:
        assert headers["Authorization"] == "Bearer secret"
        self.asked.append((method, target, body))
        self.types.append(headers["Content-Type"])
        if isinstance(self._answer, Unreachable):
            raise self._answer
        return self._answer


def api(answer: HttpAnswer | Unreachable) -> ServerApi:
    return ServerApi(OFFICE, asks=Server(answer))


@pytest.mark.parametrize(
    ("answer", "after_s"),
    [
        (Unreachable("lost", maybe_received=True), None),
        (HttpAnswer(502, b"<html>"), None),
        (HttpAnswer(404, b"<html>"), None),
        (HttpAnswer(500, b'{"errcode": "M_UNKNOWN"}'), None),
        (HttpAnswer(429, b'{"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}'), 1.5),
        (HttpAnswer(429, b"{}", 7), 7),
        (HttpAnswer(200, b"[]"), None),
    ],
)
async def test_what_is_to_be_tried_again(answer: HttpAnswer | Unreachable, after_s: float | None) -> None:
    with pytest.raises(TryAgain) as raised:
        await api(answer).query_keys(["@alice:x"])
    assert raised.value.after_s == after_s


async def test_what_is_refused_for_good() -> None:
    with pytest.raises(Refused, match="M_FORBIDDEN: You may not") as raised:
        await api(HttpAnswer(403, b'{"errcode": "M_FORBIDDEN", "error": "You may not."}')).join("!r")
    assert (raised.value.status, raised.value.errcode) == (403, "M_FORBIDDEN")


@pytest.mark.parametrize("soft", ["true", "false"])
async def test_a_token_that_is_gone_stops_the_device_with_a_sentence(soft: str) -> None:
    body = f'{{"errcode": "M_UNKNOWN_TOKEN", "soft_logout": {soft}}}'.encode()
    with pytest.raises(LoggedOut, match="sign the same device in again"):
        await api(HttpAnswer(401, body)).whoami()


async def test_further_authentication_is_no_logout() -> None:
    with pytest.raises(Refused):
        await api(HttpAnswer(401, b'{"flows": []}')).post("/x", {})


async def test_ids_are_quoted() -> None:
    server = Server(HttpAnswer(200, b'{"event_id": "$e"}'))
    event_id = await ServerApi(OFFICE, asks=server).send("!r:x", "m.room.encrypted", txn_id="a/b$", content=b"{}")
    assert event_id == "$e"
    assert server.asked == [("PUT", "/_matrix/client/v3/rooms/%21r%3Ax/send/m.room.encrypted/a%2Fb%24", b"{}")]


async def test_the_server_is_told_nothing_of_a_file_but_its_bytes() -> None:
    server = Server(HttpAnswer(200, b'{"content_uri": "mxc://x/abc"}'))
    assert await ServerApi(OFFICE, asks=server).upload(b"\x00\x01") == "mxc://x/abc"
    assert server.asked == [("POST", "/_matrix/media/v3/upload", b"\x00\x01")]
    assert server.types == ["application/octet-stream"]
