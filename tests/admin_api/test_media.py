"""The sweep, as the operator asks for it."""

from pathlib import Path

from msgspec import json

from tests.client_api.media import upload
from tests.edge.asking import ask
from tests.server import start

NOTHING = {"files": 0, "bytes": 0, "expired": 0, "orphans": 0}


async def test_a_dry_run_tells_what_a_sweep_then_frees(tmp_path: Path) -> None:
    server = await start(tmp_path)
    await upload(await server.user("alice"), b"kept")
    kept = tmp_path / "media" / "kept" / "or"
    kept.mkdir()
    orphan = kept / "orphan"
    orphan.write_bytes(b"without a row")

    async def sweep(**asked: bool) -> object:
        return (await ask(server.amanat.admin_app, "POST", "/media/sweep", body=json.encode(asked))).json

    assert await sweep(dry_run=True) == NOTHING | {"orphans": 1}
    assert orphan.exists()
    assert await sweep() == NOTHING | {"orphans": 1}
    assert not orphan.exists()
    assert await sweep(dry_run=True) == NOTHING
    await server.amanat.close()


async def test_what_is_not_understood_sweeps_nothing(tmp_path: Path) -> None:
    server = await start(tmp_path)
    refused = await ask(server.amanat.admin_app, "POST", "/media/sweep", body=b'{"dry": true}')
    assert refused.errcode == "M_BAD_JSON"
    await server.amanat.close()
