"""What a client is told of the protocol before anything else."""

from pathlib import Path

import pytest

from amanat.app import Amanat, Mode
from amanat.config import Config
from tests.server import FakeClock, Server


async def test_a_lab_says_that_it_is_one(amanat: Server) -> None:
    answer = (await amanat.request("GET", "/_matrix/client/versions")).json

    assert {"v1.1", "v1.11", "v1.16"} <= set(answer["versions"])
    assert answer["unstable_features"]["id.amanat.lab"] is True
    assert answer["unstable_features"]["org.matrix.msc4222"] is True


@pytest.mark.parametrize(("mode", "announced"), [(Mode.SERVE, set()), (Mode.DEMO, {"id.amanat.demo"})])
async def test_a_demo_says_so_too_and_a_server_for_people_is_neither(
    tmp_path: Path, mode: Mode, announced: set[str]
) -> None:
    served = Amanat(Config(data=str(tmp_path)), mode=mode)
    await served.open()
    answer = await Server(served, FakeClock()).request("GET", "/_matrix/client/versions")
    await served.close()

    assert {"id.amanat.lab", "id.amanat.demo"} & answer.json["unstable_features"].keys() == announced


async def test_a_dead_token_does_not_keep_a_client_from_asking(amanat: Server) -> None:
    answer = await amanat.request("GET", "/_matrix/client/versions", token="dead")

    assert answer.status == 200
