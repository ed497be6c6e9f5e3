"""A backup is whole, or it is refused; it replaces nothing, and unpacks nowhere else."""

import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from amanat.store.backup_file import DamagedBackup, Manifest, extract, media_files, write

FACTS = Manifest(
    amanat="0", server_name="localhost", mode="serve", epoch="e", schema=1, database="sqlite", created_ts=1
)


@pytest.fixture
def files(tmp_path: Path) -> list[tuple[str, Path]]:
    """A database and two blobs; one more is still arriving."""
    database = tmp_path / "amanat.db"
    database.write_bytes(b"rows" * 100_000)
    for name in ("abc", "xyz"):
        blob = tmp_path / "media" / "kept" / name[:2] / name
        blob.parent.mkdir(parents=True)
        blob.write_bytes(name.encode() * 1000)
    arriving = tmp_path / "media" / "arriving" / "half"
    arriving.parent.mkdir()
    arriving.write_bytes(b"half")
    return [("amanat.db", database), *media_files(tmp_path / "media")]


def test_what_goes_in_comes_out(tmp_path: Path, files: list[tuple[str, Path]]) -> None:
    written = write(tmp_path / "backup", FACTS, files=files)
    assert extract(tmp_path / "backup", tmp_path / "out") == written
    assert set(written.files) == {"amanat.db", "media/kept/ab/abc", "media/kept/xy/xyz"}
    for name, path in files:
        assert (tmp_path / "out" / name).read_bytes() == path.read_bytes()


def test_a_file_that_is_deleted_meanwhile_is_left_out(tmp_path: Path, files: list[tuple[str, Path]]) -> None:
    files[1][1].unlink()
    assert files[1][0] not in write(tmp_path / "backup", FACTS, files=files).files


def test_a_file_that_exists_is_not_replaced(tmp_path: Path, files: list[tuple[str, Path]]) -> None:
    target = tmp_path / "backup"
    target.write_text("precious")
    with pytest.raises(FileExistsError):
        write(target, FACTS, files=files)
    assert target.read_text() == "precious"


def test_a_backup_that_fails_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        write(tmp_path / "backup", FACTS, files=[("amanat.db", tmp_path)])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda backup: backup[: len(backup) // 2],
        lambda backup: backup[:-20_000],
        lambda backup: backup[:5000] + b"?" + backup[5001:],
        lambda backup: b"x" * 5000,
        lambda backup: b"",
    ],
    ids=["half of it", "no manifest", "another byte", "no tar", "empty"],
)
def test_a_damaged_one_is_refused(
    tmp_path: Path, files: list[tuple[str, Path]], damage: Callable[[bytes], bytes]
) -> None:
    target = tmp_path / "backup"
    write(target, FACTS, files=files)
    target.write_bytes(damage(target.read_bytes()))
    with pytest.raises(DamagedBackup):
        extract(target, tmp_path / "out")


@pytest.mark.parametrize("name", ["../evil", "/evil", "media/kept/ab/../../evil", "secret.key", "media/kept/.b/x"])
def test_no_name_leads_elsewhere(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "backup", "w") as tar:
        tar.addfile(tarfile.TarInfo(name), BytesIO())
    with pytest.raises(DamagedBackup):
        extract(tmp_path / "backup", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    link = tarfile.TarInfo("amanat.db")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "backup", "w") as tar:
        tar.addfile(link)
    with pytest.raises(DamagedBackup):
        extract(tmp_path / "backup", tmp_path / "out")
