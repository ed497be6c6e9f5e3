"""A service is made once: its account, its owner's identity, its keys, and a statement of who runs them."""

import stat
import time
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from msgspec import structs

from amanat.core.identifiers import KEY_HOLDERS_FIELD
from amanat.core.key_statements import check
from amanat.gateway.device import credentials
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.service.creating import Made, NotMade, Wanted, create, renew
from amanat.gateway.service.opened_folder import CREDENTIALS
from tests import processes
from tests.gateway.service.at_work import SAMPLE


def _wanted(url: str, folder: Path) -> Wanted:
    return Wanted(name="paspor", homeserver=url, data=folder / "gateway", owner=folder / "owner.json", flow=SAMPLE)


async def _statement(made: Made) -> dict[str, object]:
    path = f"/_matrix/client/v3/profile/{quote(made.user_id)}/{KEY_HOLDERS_FIELD}"
    held = credentials.read(Path(made.data) / CREDENTIALS)
    headers = {"Authorization": f"Bearer {held.access_token}"}
    async with httpx.AsyncClient(base_url=made.homeserver, headers=headers, trust_env=False) as http:
        return dict((await http.get(path)).raise_for_status().json()[KEY_HOLDERS_FIELD])


async def test_it_is_made_once_and_gone_on_with(tmp_path: Path) -> None:
    with processes.lab(tmp_path) as lab:
        wanted = _wanted(lab.url, tmp_path)
        made = await create(wanted)
        assert await create(wanted) == made
        for file in (wanted.owner, Path(made.data) / "service.key", Path(made.data) / "credentials.json"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600
        published = await _statement(made)
        assert published["seq"] == 2
        await renew(Path(made.data), wanted.owner)
        renewed = await _statement(made)
        verdict = check(
            renewed,
            user_id=made.user_id,
            master_key=str(renewed["master_key"]),
            now_ms=time.time_ns() // 1_000_000,
            seen_seq=2,
        )
        assert verdict.fault is None
        assert verdict.statement is not None
        assert [device.id for device in verdict.statement.devices] == [made.device_id]


async def test_a_folder_that_cannot_be_used_makes_no_account(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(FilesRefused):
        await create(structs.replace(_wanted("http://127.0.0.1:9", tmp_path), flow=empty))


async def test_a_server_that_registers_nobody_says_what_is_missing(tmp_path: Path) -> None:
    config = tmp_path / "amanat.toml"
    listen = f"127.0.0.1:{processes.free_port()}"
    config.write_text(f'server_name = "x.example"\nlisten = "{listen}"\ndata = "{tmp_path / "served"}"\n')
    with (
        processes.AmanatProcess("serve", "--config", str(config), log=tmp_path / "log") as server,
        pytest.raises(NotMade, match="amanat user token"),
    ):
        await create(_wanted(server.url, tmp_path))
    assert not (tmp_path / "gateway").exists()
