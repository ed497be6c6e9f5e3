"""The operator is answered on a socket that nobody else may open, however long its path is."""

import stat
from pathlib import Path

import pytest

from amanat.app import Amanat, Mode
from amanat.cli.admin_socket import AdminClient, answering, ask
from amanat.cli.failure import Failure
from amanat.config import Config


async def test_it_is_the_operator_s_alone_and_goes_with_the_server(tmp_path: Path) -> None:
    amanat = Amanat(Config(data=str(tmp_path / "data")), mode=Mode.SERVE)
    client = AdminClient(amanat.folder.admin_socket)
    await amanat.open()
    async with answering(amanat):
        assert stat.S_IMODE(amanat.folder.admin_socket.stat().st_mode) == 0o600
        assert client.is_answered()
    assert not client.is_answered()
    assert not amanat.folder.admin_socket.exists()
    await amanat.close()


def test_where_no_server_runs_the_data_is_asked_itself(tmp_path: Path) -> None:
    config = Config(data=str(tmp_path / "data"))
    assert ask(config, lambda client: client.get("/about"))["server_name"] == "localhost"
    assert b"amanat_db_units_total" in ask(config, lambda client: client.read("GET", "/metrics"))


def test_a_path_that_no_socket_can_have_is_no_hindrance(tmp_path: Path) -> None:
    config = Config(data=str(tmp_path / ("long" * 30)))
    assert ask(config, lambda client: client.get("/about"))["mode"] == "serve"


def test_a_refusal_is_the_server_s_sentence(tmp_path: Path) -> None:
    with pytest.raises(Failure, match="There is no account in use by that name"):
        ask(Config(data=str(tmp_path / "data")), lambda client: client.post("/users/nobody/deactivate", {}))


def test_a_socket_that_a_killed_server_left_is_no_server(tmp_path: Path) -> None:
    (tmp_path / "admin.sock").touch()
    assert not AdminClient(tmp_path / "admin.sock").is_answered()
