"""The Matrix server is put together as it was asked for, and loads no more than that takes."""

import subprocess
import sys
from pathlib import Path

import pytest

from amanat.config import Config
from amanat.db.postgres import PostgresDatabase
from amanat.homeserver import Homeserver, Mode, database_of
from amanat.store.data_folder import DataFolder

HEAVY = ("asyncpg", "webauthn", "OpenSSL", "aiosmtplib", "httpx", "jinja2")
"""Libraries that a server loads when somebody needs them: together they are half of its memory."""


@pytest.mark.parametrize("mode", [Mode.SERVE, Mode.DEMO])
def test_only_a_lab_may_leave_the_gate_open(mode: Mode, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no switch"):
        Homeserver(Config(data=str(tmp_path)), mode=mode, gate=False)


def test_a_url_chooses_postgresql(tmp_path: Path) -> None:
    config = Config(data=str(tmp_path), database="postgresql://localhost/amanat")
    assert isinstance(database_of(config, DataFolder(config)), PostgresDatabase)


def test_what_few_servers_need_is_not_loaded_by_all() -> None:
    program = f"import sys, amanat.app; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
