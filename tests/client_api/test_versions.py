"""What a client is told of the protocol before anything else."""

from pathlib import Path

from amanat.app import Amanat, Mode
from amanat.config import Config
from tests.server import FakeClock, Server


async def test_a_lab_says_that_it_is_one(amanat: Server) -> None:
    answer = (await amanat.request("GET", "/_matrix/client/versions")).json

    assert {"v1.1", "v1.11", "v1.16"} <= set(answer["versions"])
    assert answer["unstable_features"]["id.amanat.lab"] is True
    assert answer["unstable_features"]["org.matrix.msc4222"] is True


async def test_a_server_for_people_does_not(tmp_path: Path) -> None:
    served = Amanat(Config(data=str(tmp_path)), mode=Mode.SERVE)
    await served.open()
    answer = await Server(served, FakeClock()).request("GET", "/_matrix/client/versions")
    await served.close()

    assert "id.amanat.lab" not in answer.json["unstable_features"]


async def test_a_dead_token_does_not_keep_a_client_from_asking(amanat: Server) -> None:
    answer = await amanat.request("GET", "/_matrix/client/versions", token="dead")

    assert answer.status == 200
