"""A bot is made as a service is: vouched for by its owner, with a statement of who runs it."""

from pathlib import Path
from urllib.parse import quote

import httpx

from amanat.core.identifiers import KEY_HOLDERS_FIELD
from amanat.gateway.device import credentials
from amanat.gateway.service.bot_creating import WantedBot, create_bot
from amanat.gateway.service.opened_folder import CREDENTIALS
from tests import processes


async def test_who_runs_a_bot_is_stated(tmp_path: Path) -> None:
    with processes.lab(tmp_path) as lab:
        wanted = WantedBot(
            name="toko",
            homeserver=lab.url,
            data=tmp_path / "gateway",
            owner=tmp_path / "owner.json",
            api="cloud",
            title="Toko Budi",
            url="https://bots.example",
            run_by="PT Contoh",
        )
        made = await create_bot(wanted)
        held = credentials.read(Path(made.data) / CREDENTIALS)
        headers = {"Authorization": f"Bearer {held.access_token}"}
        async with httpx.AsyncClient(base_url=lab.url, headers=headers, trust_env=False) as http:
            profile = (await http.get(f"/_matrix/client/v3/profile/{quote(made.user_id)}")).raise_for_status().json()
    assert profile["displayname"] == "Toko Budi"
    (device,) = profile[KEY_HOLDERS_FIELD]["devices"]
    assert (device["id"], device["operator"]["name"]) == (made.device_id, "PT Contoh")
    assert profile[KEY_HOLDERS_FIELD]["master_kept_by"] == "operator"
    assert str(made.access["base_url"]).startswith("https://bots.example/v")
    assert made.token not in repr(made)
