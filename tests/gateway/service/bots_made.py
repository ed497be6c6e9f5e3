"""The bots of the story: made, and what their programs are told; a form, a template and a product to sell."""

import json
from pathlib import Path
from typing import Any

import httpx

from amanat.gateway.service.bot_creating import MadeBot, WantedBot, create_bot
from tests.gateway.cloud_api.flows.samples import flow, footer, screen
from tests.gateway.service.bot_hearing import KINDS
from tests.gateway.service.bot_program import SECRET
from tests.gateway.service.bot_told import PRODUCT, TEMPLATE, VERIFY_TOKEN, Told

BOTS = {"telegram": "telegram", "polling": "telegram", "cloud": "cloud"}
"""Each with the API that its program speaks."""
_NAME = {"type": "TextInput", "name": "nama", "label": "Nama", "required": True}
_FORM = flow(screen("START", _NAME, footer("Kirim", nama="${form.nama}"), terminal=True))
_BODY = {"type": "BODY", "text": "Ini {{1}} untuk Anda."}
_GOODS = {"retailer_id": PRODUCT, "name": "Kopi", "price": 1500000, "currency": "IDR", "description": "Arabika"}


async def make(homeserver: str, data: Path, *, database: str | None, url: str) -> dict[str, MadeBot]:
    """Make the bots."""
    return {
        name: await create_bot(
            WantedBot(
                name=name,
                api="cloud" if api == "cloud" else "telegram",
                title=name,
                homeserver=homeserver,
                data=data,
                owner=data.parent / f"{name}-owner.json",
                url=url,
                database=database,
            )
        )
        for name, api in BOTS.items()
    }


def told_of(made: dict[str, MadeBot], *, notes: Path, port: int) -> Told:
    """Return what the programs are told; what they sell is not there yet."""
    cloud: dict[str, Any] = made["cloud"].access
    root = {name: f"{made[name].access['base_url']}{made[name].token}" for name in ("telegram", "polling")}
    return Told(
        telegram=root["telegram"],
        polling=root["polling"],
        port=port,
        notes=str(notes),
        cloud=f"{cloud['base_url']}/{cloud['phone_number_id']}/messages",
        cloud_token=cloud["access_token"],
        app_secret=cloud["app_secret"],
        flow="",
        catalogue="",
    )


class Setup:
    """Sets the bots up, with nobody killed yet."""

    def __init__(self, told: Told, cloud: MadeBot) -> None:
        self._told = told
        self._graph = cloud.access["base_url"]
        self._business = f"{self._graph}/{cloud.access['business_account_id']}"

    async def stock(self) -> Told:
        """Have a form, a template and something to sell; return what the programs are told."""
        made = await self._post(
            f"{self._business}/flows",
            {"name": "buku tamu", "categories": ["OTHER"], "flow_json": json.dumps(_FORM), "publish": True},
        )
        assert "id" in made, made
        await self._post(
            f"{self._business}/message_templates",
            {"name": TEMPLATE, "language": "id", "category": "UTILITY", "components": [_BODY]},
        )
        catalogue = (await self._ask("GET", f"{self._business}/product_catalogs"))["data"][0]["id"]
        await self._post(f"{self._graph}/{catalogue}/products", _GOODS)
        return Told(**{**self._told, "flow": made["id"], "catalogue": catalogue})

    async def set_webhooks(self, *, url: str) -> None:
        """Have two of them delivered to."""
        telegram = {"url": f"{url}/telegram", "secret_token": SECRET, "allowed_updates": KINDS}
        await self._post(f"{self._told['telegram']}/setWebhook", telegram)
        cloud = {"override_callback_uri": f"{url}/cloud", "verify_token": VERIFY_TOKEN}
        await self._post(f"{self._business}/subscribed_apps", cloud)

    async def _post(self, url: str, body: dict[str, Any]) -> dict[str, Any]:
        return await self._ask("POST", url, json=body)

    async def _ask(self, method: str, url: str, **request: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._told['cloud_token']}"}
        async with httpx.AsyncClient(trust_env=False, timeout=60, headers=headers) as http:
            answer = await http.request(method, url, **request)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())
