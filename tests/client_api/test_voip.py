"""The relay for calls."""

from pathlib import Path

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from amanat.core.turn import credentials
from tests.server import FakeClock, Server

URI = "turn:turn.example.org?transport=udp"


async def test_without_a_relay_there_is_nothing(amanat: Server) -> None:
    alice = await amanat.user("alice")

    assert (await alice.get("/voip/turnServer")).json == {}


async def test_with_a_relay_there_are_credentials_for_a_day(tmp_path: Path) -> None:
    clock = FakeClock()
    config = Config(data=str(tmp_path), turn_uris=(URI,), turn_secret="shared")
    served = Amanat(config, mode=Mode.LAB, clock=Clock(now_ms=clock.now_ms))
    await served.open()
    alice = await Server(served, clock).user("alice")
    answer = (await alice.get("/voip/turnServer")).json
    await served.close()

    expires_s = int(answer["username"].partition(":")[0])
    assert expires_s == clock.ms // 1000 + 86_400
    assert (answer["uris"], answer["ttl"]) == ([URI], 86_400)
    assert (answer["username"], answer["password"]) == credentials("shared", user_id=alice.user_id, expires_s=expires_s)
