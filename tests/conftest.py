"""What every suite may ask for: an empty database of either kind, a store on it, and whole servers.

Servers are on SQLite, unless the environment says `TEST_DATABASE=postgres`.
"""

import os
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import structlog

from amanat.app import Mode
from amanat.db.database import Database
from amanat.db.postgres import PostgresDatabase
from amanat.db.sqlite import SqliteDatabase
from amanat.store.store import Store
from tests.postgres_cluster import Cluster, running_cluster
from tests.server import Server, start

_numbers = count(1)
_SHARED = "shared"


@pytest.fixture(autouse=True)
def _other_tests_log_as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command sets up the log of its process, and loggers keep it: here its stream ends with the test."""
    configure = structlog.configure

    def configure_for_now(**settings: Any) -> None:
        configure(**settings | {"cache_logger_on_first_use": False})

    monkeypatch.setattr(structlog, "configure", configure_for_now)
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL cluster of our own, started once."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres: Cluster) -> Iterator[str]:
    """The URL of an empty database."""
    name = f"test_{next(_numbers)}"
    yield postgres.create(name)
    postgres.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """An empty database, not opened yet: once SQLite, once PostgreSQL."""
    if request.param == "sqlite":
        return SqliteDatabase(tmp_path / "amanat.db", portable=True)
    url: str = request.getfixturevalue("postgres_url")
    return PostgresDatabase(url)


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    """An open store without a row, once on each database."""
    store = Store(database)
    await store.open()
    yield store
    await store.close()


@pytest.fixture(scope="session")
def one_postgres_url(postgres: Cluster) -> str:
    """The URL of a database that one test after the other uses, and leaves empty."""
    return postgres.create(_SHARED)


@pytest.fixture
def server_database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The URL of the database that a server is to be on; `None` for SQLite in its folder."""
    wanted = os.environ.get("TEST_DATABASE", "sqlite")
    assert wanted in ("sqlite", "postgres"), "TEST_DATABASE is sqlite or postgres."
    if wanted == "sqlite":
        yield None
        return
    yield request.getfixturevalue("one_postgres_url")
    request.getfixturevalue("postgres").empty(_SHARED)


@pytest.fixture
async def amanat(tmp_path: Path, server_database: str | None) -> AsyncIterator[Server]:
    """A whole server behind the gate."""
    server = await start(tmp_path, database=server_database)
    yield server
    await server.amanat.close()


@pytest.fixture(params=["sqlite", "postgres"])
async def on_both(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Server]:
    """A whole server behind the gate, once on each database."""
    url: str | None = request.getfixturevalue("postgres_url") if request.param == "postgres" else None
    server = await start(tmp_path, database=url)
    yield server
    await server.amanat.close()


@pytest.fixture
async def open_amanat(tmp_path: Path, server_database: str | None) -> AsyncIterator[Server]:
    """A whole server whose gate is open, as in a lab, for what is said in clear."""
    server = await start(tmp_path, gate=False, database=server_database)
    yield server
    await server.amanat.close()


@pytest.fixture
async def serving(tmp_path: Path, server_database: str | None) -> AsyncIterator[Server]:
    """A whole server as `amanat serve` runs it: registration by token, random ids, limits on."""
    server = await start(tmp_path, mode=Mode.SERVE, database=server_database)
    yield server
    await server.amanat.close()
