"""A backup is one private file of everything but the server's keys, and replaces nothing."""

import stat
import tarfile
from pathlib import Path

from tests.cli.conftest import Call
from tests.processes import AmanatProcess, free_port

PASSPHRASE = "correct horse battery"


def test_it_holds_the_database_and_the_media_and_no_key(call: Call, data: Path, tmp_path: Path) -> None:
    blob = data / "media" / "kept" / "ab" / "abc"
    blob.parent.mkdir(parents=True, exist_ok=True)
    blob.write_bytes(b"picture")
    ended = call("backup", "backup.tar", "--data", data)
    assert ended.code == 0, ended.err
    assert "media (1 files)" in ended.out
    with tarfile.open("backup.tar") as tar:
        assert tar.getnames() == ["amanat.db", "media/kept/ab/abc", "manifest.json"]
    content = (tmp_path / "backup.tar").read_bytes()
    for key in ("secret.key", "signing.key"):
        assert (data / key).read_bytes().split()[-1] not in content
    assert stat.S_IMODE((tmp_path / "backup.tar").stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.tar", "served"]


def test_it_is_taken_while_the_server_runs(call: Call, data: Path, tmp_path: Path) -> None:
    config = tmp_path / "amanat.toml"
    config.write_text(f'listen = "127.0.0.1:{free_port()}"\ndata = "{data}"\n')
    with AmanatProcess("serve", "--config", str(config), log=tmp_path / "log"):
        assert call("backup", "backup.tar", "--config", config).code == 0


def test_keys_go_to_a_file_of_their_own(call: Call, data: Path, tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    ended = call("backup", "b.tar", "--keys", "b.keys", "--passphrase-file", "passphrase", "--data", data)
    assert ended.code == 0, ended.err
    assert stat.S_IMODE((tmp_path / "b.keys").stat().st_mode) == 0o600
    assert (data / "secret.key").read_text().strip() not in (tmp_path / "b.keys").read_text()


def test_no_file_is_replaced(call: Call, data: Path, tmp_path: Path) -> None:
    for name in ("b.tar", "b.keys"):
        (tmp_path / name).write_text("precious")
        ended = call("backup", "b.tar" if name == "b.tar" else "new.tar", "--keys", "b.keys", "--data", data)
        assert (ended.code, "never replaces a file" in ended.err) == (1, True)
        assert (tmp_path / name).read_text() == "precious"
        (tmp_path / name).unlink()


def test_a_folder_that_is_not_there_is_named(call: Call, data: Path) -> None:
    assert "There is no folder nowhere" in call("backup", "nowhere/b.tar", "--data", data).err


def test_on_postgresql_it_holds_the_media_and_says_so(call: Call, postgres_url: str, tmp_path: Path) -> None:
    config = tmp_path / "amanat.toml"
    config.write_text(f'database = "{postgres_url}"\n')
    assert call("user", "create", "ani", "--config", config).code == 0
    ended = call("backup", "b.tar", "--config", config)
    assert (ended.code, "no database (that is pg_dump's to keep)" in ended.out) == (0, True)
    with tarfile.open("b.tar") as tar:
        assert tar.getnames() == ["manifest.json"]
