"""A backup becomes a server's data again, whole and in a new epoch, or nothing is left behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.postgres_cluster import Cluster

PASSPHRASE = "correct horse battery"


@pytest.fixture
def backup(call: Call, data: Path, tmp_path: Path) -> Path:
    """A backup of data with Ani and a picture; its keys are beside it."""
    blob = data / "media" / "kept" / "ab" / "abc"
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_bytes(b"picture")
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    ended = call("backup", "b.tar", "--keys", "b.keys", "--passphrase-file", "passphrase", "--data", data)
    assert ended.code == 0, ended.err
    return tmp_path / "b.tar"


def test_everything_is_there_again(call: Call, data: Path, backup: Path) -> None:
    ended = call("restore", backup, "--keys", "b.keys", "--passphrase-file", "passphrase", "--data", "again")
    assert ended.code == 0, ended.err
    assert "accounts: 1" in ended.out
    again = Path("again")
    for name in ("secret.key", "signing.key", "media/kept/ab/abc"):
        assert (again / name).read_bytes() == (data / name).read_bytes()
    assert "ani" in call("user", "list", "--data", again).out


def test_without_its_keys_the_server_gets_new_ones_and_says_so(call: Call, data: Path, backup: Path) -> None:
    ended = call("restore", backup, "--data", "again")
    assert (ended.code, "new keys of its own" in ended.out) == (0, True)
    assert Path("again/secret.key").read_bytes() != (data / "secret.key").read_bytes()


def test_data_is_never_replaced(call: Call, data: Path, backup: Path) -> None:
    secret = (data / "secret.key").read_bytes()
    ended = call("restore", backup, "--data", data)
    assert (ended.code, "holds data already" in ended.err) == (1, True)
    assert (data / "secret.key").read_bytes() == secret


def _cut(backup: Path) -> list[str | Path]:
    backup.write_bytes(backup.read_bytes()[:50_000])
    return []


def _other_passphrase(backup: Path) -> list[str | Path]:
    wrong = backup.with_name("wrong")
    wrong.write_text("correct horse batteries")
    return ["--keys", "b.keys", "--passphrase-file", wrong]


def _other_server(backup: Path) -> list[str | Path]:
    config = backup.with_name("amanat.toml")
    config.write_text('server_name = "elsewhere"\n')
    return ["--config", config]


@pytest.mark.parametrize("spoil", [_cut, _other_passphrase, _other_server])
def test_what_is_refused_leaves_nothing(call: Call, backup: Path, spoil: Callable[[Path], list[str | Path]]) -> None:
    ended = call("restore", backup, "--data", "again", *spoil(backup))
    assert ended.code == 4
    assert [file.name for file in Path("again").iterdir()] == ["folder.lock"]


def test_on_postgresql_the_media_join_the_database_of_their_time(
    call: Call, postgres: Cluster, postgres_url: str, tmp_path: Path
) -> None:
    config = tmp_path / "amanat.toml"
    config.write_text(f'database = "{postgres_url}"\n')
    assert call("user", "create", "ani", "--config", config).code == 0
    assert call("backup", "b.tar", "--config", config).code == 0
    ended = call("restore", "b.tar", "--config", config, "--data", "again")
    assert (ended.code, "accounts: 1" in ended.out) == (0, True), ended.err
    # The epoch is another now: the database is no longer the one that the backup was taken beside.
    again = call("restore", "b.tar", "--config", config, "--data", "third")
    assert (again.code, "not of one time" in again.err) == (4, True)


def test_a_backup_of_sqlite_is_not_restored_beside_postgresql(call: Call, backup: Path, postgres_url: str) -> None:
    config = backup.with_name("amanat.toml")
    config.write_text(f'database = "{postgres_url}"\n')
    ended = call("restore", backup, "--config", config, "--data", "again")
    assert (ended.code, "holds an SQLite database" in ended.err) == (4, True)
