"""What runs, and on which data."""

from pathlib import Path

import amanat
from amanat.db.migrations import migrations_of
from tests.edge.asking import ask
from tests.server import start


async def test_it_tells_the_release_and_the_data_s_stamp(tmp_path: Path) -> None:
    server = await start(tmp_path)
    about = (await ask(server.amanat.admin_app, "GET", "/about")).json
    assert about == {
        "amanat": amanat.__version__,
        "server_name": "localhost",
        "mode": "lab",
        "epoch": server.amanat.store.epoch,
        "schema": len(migrations_of("amanat.store")),
    }
    await server.amanat.close()
