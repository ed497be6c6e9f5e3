"""The doctor names what is wrong, in words that say what to do."""

import fcntl
import resource
import shutil
import socket
import time
from pathlib import Path

import pytest

from amanat.cli import doctor
from amanat.db import sqlite
from amanat.db.migrations import migrations_of
from tests.cli.conftest import Call, Ended
from tests.processes import free_port


@pytest.fixture(autouse=True)
def _port_of_its_own(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """After `call`, which empties the environment."""
    monkeypatch.setenv("AMANAT_LISTEN", f"127.0.0.1:{free_port()}")


def wrong(ended: Ended) -> list[str]:
    """Return what is wrong, of a doctor whose exit code agrees with what it says."""
    found = [line.removeprefix("WRONG  ") for line in ended.out.splitlines() if line.startswith("WRONG")]
    assert ended.code == int(bool(found)), ended.out
    return found


def test_a_healthy_server_has_nothing_wrong(call: Call, data: Path) -> None:
    assert wrong(call("doctor", "--data", data)) == []


def test_before_the_first_start_nothing_is_wrong_and_nothing_made(call: Call, tmp_path: Path) -> None:
    assert wrong(call("doctor", "--data", tmp_path / "none")) == []
    assert not (tmp_path / "none").exists()


def test_data_that_others_may_open(call: Call, data: Path) -> None:
    data.chmod(0o755)
    (data / "secret.key").chmod(0o644)
    assert wrong(call("doctor", "--data", data)) == [
        f"permissions: others may open {data}: chmod 700 {data}.",
        f"permissions: others may open {data}/secret.key: chmod 600 {data}/secret.key.",
    ]


def test_a_key_that_is_missing(call: Call, data: Path) -> None:
    (data / "secret.key").unlink()
    (found,) = wrong(call("doctor", "--data", data))
    assert "secret.key is missing" in found


def test_a_port_that_somebody_uses(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("AMANAT_LISTEN", f"127.0.0.1:{taken.getsockname()[1]}")
        (found,) = wrong(call("doctor", "--data", data))
    assert "Address already in use" in found


def test_data_that_somebody_holds_who_does_not_answer(call: Call, data: Path) -> None:
    with (data / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        (found,) = wrong(call("doctor", "--data", data))
    assert "Another process is using" in found


def test_a_full_disk(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10**12, 10**12 - 10**6, 10**6))
    (found,) = wrong(call("doctor", "--data", data))
    assert found.startswith("disk: only 0.0 GB of 1000.0 GB are free")


@pytest.mark.parametrize(("seconds", "told"), [(0.0, "before this release"), (-86_400.0, "it was set back")])
def test_a_clock_that_is_wrong(
    call: Call, data: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, told: str
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + seconds if seconds else 0.0)
    (found,) = wrong(call("doctor", "--data", data))
    assert told in found


def test_a_database_library_that_is_too_old(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "VERSION", (3, 31, 1))
    (found,) = wrong(call("doctor", "--data", data))
    assert "SQLite 3.31.1 is too old" in found


@pytest.mark.parametrize(("step", "told"), [(1, "run `amanat migrate`"), (-1, "of a newer release")])
def test_a_schema_of_another_release(
    call: Call, data: Path, monkeypatch: pytest.MonkeyPatch, step: int, told: str
) -> None:
    steps = migrations_of("amanat.store")
    monkeypatch.setattr(doctor, "migrations_of", lambda _package: [*steps, *steps][: len(steps) + step])
    (found,) = wrong(call("doctor", "--data", data))
    assert told in found


def test_a_log_that_grows_and_grows(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "WAL_WORRY_BYTES", 1)
    (data / "amanat.db-wal").write_bytes(bytes(100))
    # Last: opening the database empties it.
    monkeypatch.setattr(doctor, "CHECKS", {"database log": doctor.CHECKS["database log"]})
    (found,) = wrong(call("doctor", "--data", data))
    assert "keeps it from being emptied" in found


def test_few_open_files(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1024, 1024))
    (found,) = wrong(call("doctor", "--data", data))
    assert found.startswith("open files: at most 1024")
