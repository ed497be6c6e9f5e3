"""Servers with policies."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.server import Server, start

Start = Callable[[], Awaitable[Server]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of policies."""
    policies = tmp_path / "policies"
    policies.mkdir()
    return policies


@pytest.fixture
async def start_anew(folder: Path, tmp_path: Path, server_database: str | None) -> AsyncIterator[Start]:
    """Start a server on the same data and whatever the folder holds by now; the one before is stopped."""
    running: list[Server] = []

    async def again() -> Server:
        for server in running:
            await server.amanat.close()
        running.clear()
        server = await start(tmp_path / "data", database=server_database, policies_folder=str(folder))
        running.append(server)
        return server

    yield again
    for server in running:
        await server.amanat.close()
