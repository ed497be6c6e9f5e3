"""A server takes its data whole or not at all, and lets it go when it cannot go on."""

from pathlib import Path

import pytest

from amanat.app import Amanat, Mode
from amanat.config import Config
from amanat.db.database import DataInUse
from amanat.store.stamp import WrongData
from tests.edge.asking import ask


def server(folder: Path, mode: Mode = Mode.SERVE, **settings: str) -> Amanat:
    return Amanat(Config(data=str(folder), **settings), mode=mode)  # type: ignore[arg-type]  # each is text


@pytest.fixture
async def data(tmp_path: Path) -> Path:
    """Data of a server that has been started once."""
    first = server(tmp_path / "data")
    await first.open()
    await first.close()
    return tmp_path / "data"


async def test_the_keys_and_the_epoch_stay(data: Path) -> None:
    before = server(data)
    await before.open()
    await before.close()
    after = server(data)
    await after.open()
    assert (after.keys, after.store.epoch) == (before.keys, before.store.epoch)
    await after.close()


async def test_two_never_have_the_data(data: Path) -> None:
    first = server(data)
    await first.open()
    with pytest.raises(DataInUse):
        await server(data).open()
    await first.close()


@pytest.mark.parametrize(("mode", "name"), [(Mode.LAB, "localhost"), (Mode.DEMO, "localhost"), (Mode.SERVE, "other")])
async def test_another_server_is_refused_and_leaves_the_data_free(data: Path, mode: Mode, name: str) -> None:
    with pytest.raises(WrongData):
        await server(data, mode, server_name=name).open()
    again = server(data)
    await again.open()
    await again.close()


async def test_the_database_knows_whose_it_is_without_its_folder(postgres_url: str, tmp_path: Path) -> None:
    first = server(tmp_path / "data", database=postgres_url)
    await first.open()
    await first.close()
    with pytest.raises(WrongData, match="made by `amanat serve`"):
        await server(tmp_path / "lab", Mode.LAB, database=postgres_url).open()


async def test_without_its_keys_a_server_does_not_start(data: Path) -> None:
    (data / "secret.key").unlink()
    with pytest.raises(WrongData, match="is missing"):
        await server(data).open()


@pytest.mark.parametrize("mode", [Mode.LAB, Mode.DEMO])
async def test_lab_and_demo_answer_to_loopback_s_names_alone(mode: Mode, tmp_path: Path) -> None:
    amanat = server(tmp_path / "data", mode)
    await amanat.open()
    statuses = [
        (await ask(amanat.client_app, "GET", "/", headers={"Host": host})).status
        for host in ("localhost:8008", "127.0.0.1", "[::1]:8008", "evil.example", "localhost.evil.example")
    ]
    assert statuses == [200, 200, 200, 403, 403]
    await amanat.close()


async def test_a_server_answers_to_any_name(data: Path) -> None:
    amanat = server(data)
    await amanat.open()
    assert (await ask(amanat.client_app, "GET", "/", headers={"Host": "chat.example.org"})).status == 200
    await amanat.close()
