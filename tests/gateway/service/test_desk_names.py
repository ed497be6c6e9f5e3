"""Names are asked seldom, kept for a while, and never waited for long."""

from collections.abc import Mapping

import msgspec
import pytest

from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.server_api import Asks, ServerApi
from amanat.gateway.service.desk_names import KEPT_MS, MAX_NAMES, DeskNames
from amanat.outbound.connection import Flow
from amanat.outbound.http import HttpAnswer, Unreachable

ANI, BUDI = "@ani:localhost", "@budi:localhost"
HELD = Credentials(homeserver="http://localhost", user_id="@office:localhost", device_id="D", access_token="t")


class _Server(Asks):
    """A server that shows some people's names, or is away."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.asked = 0
        self.is_away = False

    async def ask(
        self, method: str, target: str, *, headers: Mapping[str, str], body: bytes | Flow = b"", deadline_s: float
    ) -> HttpAnswer:
        self.asked += 1
        if self.is_away:
            raise Unreachable("away", maybe_received=False)
        localpart = target.split("%40")[1].split("%3A")[0]
        if localpart not in self.names:
            return HttpAnswer(404, b'{"errcode":"M_NOT_FOUND","error":"hidden"}', None)
        return HttpAnswer(200, msgspec.json.encode({"displayname": self.names[localpart]}), None)


class _Clock:
    now = 1

    def __call__(self) -> int:
        return self.now


async def test_a_name_is_asked_once_and_again_after_a_while() -> None:
    server, clock = _Server({"ani": "Ani Lestari"}), _Clock()
    names = DeskNames(ServerApi(HELD, asks=server), now_ms=clock)
    for _ in range(2):
        assert await names.of([ANI, BUDI]) == {ANI: "Ani Lestari", BUDI: "budi"}
    assert server.asked == 2
    server.names["ani"] = "Ani"
    clock.now += KEPT_MS
    assert (await names.of([ANI]))[ANI] == "Ani"


async def test_when_the_server_is_away_one_is_called_by_what_is_known() -> None:
    server, clock = _Server({"ani": "Ani Lestari"}), _Clock()
    names = DeskNames(ServerApi(HELD, asks=server), now_ms=clock)
    names.learn(BUDI, "Budi Santoso")
    await names.of([ANI])
    server.is_away = True
    clock.now += KEPT_MS
    assert await names.of([ANI, BUDI, "@citra:localhost"]) == {
        ANI: "Ani Lestari",
        BUDI: "Budi Santoso",
        "@citra:localhost": "citra",
    }


async def test_whom_the_server_hides_keeps_the_name_that_they_told_and_there_are_not_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = _Clock()
    names = DeskNames(ServerApi(HELD, asks=_Server({})), now_ms=clock)
    names.learn(BUDI, "Budi Santoso")
    clock.now += KEPT_MS
    assert (await names.of([BUDI]))[BUDI] == "Budi Santoso"
    assert MAX_NAMES >= 1000
    monkeypatch.setattr("amanat.gateway.service.desk_names.MAX_NAMES", 1)
    names.learn(ANI, "Ani")
    assert (await names.of([BUDI]))[BUDI] == "budi"
