"""What is no request for a catalogue is refused before anything is read; a file's lines are told, as many as fit."""

from typing import Any

from msgspec import json

from amanat.core.errors import MissingToken
from amanat.core.requester import Requester
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.routes import collect
from amanat.gateway.cloud_api.app import batches
from amanat.gateway.service.catalogue_routes import TOLD, CatalogueRoutes
from amanat.outbound.http import HttpClient
from tests.edge.asking import ask
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


async def _nobody(_token: str, _request: Request) -> Requester:
    raise MissingToken


async def test_what_is_asked_wrongly(at_work: BotAtWork) -> None:
    http = HttpClient()
    app: App[Requester] = App(
        collect(CatalogueRoutes({"bot": at_work.bot}, batches=batches(http))), authenticate=_nobody
    )  # fmt: skip

    async def asked(name: str, body: Any) -> Any:
        return await ask(app, "POST", f"/bots/{name}/catalogue", body=json.encode(body))

    assert (await asked("lain", {"file": ""})).status == 404
    assert (await asked("bot", {"file": ""})).status == 404, "it speaks another API"
    at_work.bot.api_name = "cloud"
    assert (await asked("bot", {})).status == 400
    told = (await asked("bot", {"file": "id,title,price\n" + "A,a,murah\n" * (TOLD + 2)})).json
    assert (told["products"], len(told["wrong"]), told["wrong_in_all"]) == (0, TOLD, TOLD + 1)
    await http.close()
