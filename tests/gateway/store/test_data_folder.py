"""The folder of a service: whose it is, and the key that is made once."""

from pathlib import Path

import pytest

from amanat.db.database import DataInUse
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp, WrongData
from amanat.gateway.store.store import GatewayStore
from tests.gateway.conftest import OFFICE


@pytest.fixture
def folder(tmp_path: Path) -> ServiceFolder:
    made = ServiceFolder(tmp_path / "office")
    made.prepare(OFFICE)
    return made


def test_a_new_folder_is_stamped_once_and_closed_to_others(folder: ServiceFolder) -> None:
    folder.prepare(ServiceStamp(server_name="localhost", user_id="@office:localhost", created_ts=2))
    assert folder.stamp() == OFFICE
    assert folder.path.stat().st_mode & 0o777 == 0o700


def test_another_service_s_folder_is_refused(folder: ServiceFolder) -> None:
    with pytest.raises(WrongData, match="@office:localhost, not of @shop:localhost"):
        folder.prepare(ServiceStamp(server_name="localhost", user_id="@shop:localhost", created_ts=1))


def test_a_folder_of_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()
    with pytest.raises(WrongData, match="no service's"):
        ServiceFolder(tmp_path).prepare(OFFICE)


def test_a_server_s_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stamp.json").write_text('{"server_name": "localhost", "mode": "serve", "created_ts": 1}')
    with pytest.raises(WrongData, match="a server's"):
        ServiceFolder(tmp_path).prepare(OFFICE)


def test_a_damaged_stamp_opens_nothing(folder: ServiceFolder) -> None:
    (folder.path / "stamp.json").write_text("{")
    with pytest.raises(WrongData, match="damaged"):
        folder.prepare(OFFICE)


def test_the_key_is_made_once_and_closed_to_others(folder: ServiceFolder) -> None:
    key = folder.make_key()
    assert (len(key), folder.make_key(), folder.key()) == (32, key, key)
    assert folder.key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [None, "", "short", "!" * 44])
def test_a_key_that_is_lost_is_not_made_again(folder: ServiceFolder, content: str | None) -> None:
    folder.make_key()
    folder.key_file.unlink() if content is None else folder.key_file.write_text(content)
    with pytest.raises(WrongData, match=r"service\.key is missing or damaged"):
        folder.key()


async def test_two_services_of_one_postgresql_have_a_schema_each(tmp_path: Path, postgres_url: str) -> None:
    stores: list[GatewayStore] = []
    for name in ("kantor", 'kedai "x"'):
        stamp = ServiceStamp(server_name="localhost", user_id=f"@{len(stores)}:localhost", created_ts=1)
        kept = ServiceFolder(tmp_path / name)
        kept.prepare(stamp)
        kept.keep_in(postgres_url)
        assert (tmp_path / name / "database.url").stat().st_mode & 0o777 == 0o600
        stores.append(GatewayStore(kept.database()))
        await stores[-1].open(stamp)
    assert [(await store.meta())["user_id"] for store in stores] == ["@0:localhost", "@1:localhost"]
    with pytest.raises(DataInUse):
        await GatewayStore(ServiceFolder(tmp_path / "kantor").database()).open(OFFICE)
    for store in stores:
        await store.close()
    again = GatewayStore(ServiceFolder(tmp_path / "kantor").database())
    with pytest.raises(WrongData, match="@0:localhost"):
        await again.open(OFFICE)


def test_a_database_is_chosen_once(folder: ServiceFolder) -> None:
    folder.keep_in(None)
    folder.keep_in("postgresql:///a")
    folder.keep_in("postgresql:///a")
    folder.keep_in(None)
    with pytest.raises(WrongData, match="elsewhere"):
        folder.keep_in("postgresql:///b")


def test_what_is_in_sqlite_stays_there(folder: ServiceFolder) -> None:
    (folder.path / "gateway.db").touch()
    with pytest.raises(WrongData, match="elsewhere"):
        folder.keep_in("postgresql:///a")
