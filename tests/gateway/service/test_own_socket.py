"""What commands ask of a gateway that runs."""

from pathlib import Path

from amanat.core.errors import MissingToken
from amanat.core.requester import Requester
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.routes import collect
from amanat.gateway.service.own_socket import OwnSocketRoutes, listed, serve_own, shown
from tests.edge.asking import ask
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


async def _nobody(_token: str, _request: Request) -> Requester:
    raise MissingToken


async def test_what_is_not_there_is_not_found(at_work: BotAtWork, tmp_path: Path) -> None:
    app: App[Requester] = App(collect(OwnSocketRoutes({"bot": at_work.bot})), authenticate=_nobody)
    for path in ("/bots/lain/deliveries", "/bots/bot/deliveries/1", "/bots/bot/deliveries/x"):
        assert (await ask(app, "GET", path)).status == 404
    assert (await ask(app, "POST", "/bots/bot/deliveries/1/replay")).status == 404
    assert (await ask(app, "POST", "/bots/lain/tokens/changed")).status == 404
    for none in ("lain", "bot"):
        assert (await ask(app, "POST", f"/bots/{none}/deliveries")).status == 404, "no bot, or no webhook"
    assert (await ask(app, "GET", "/bots/bot/deliveries")).json == []
    assert await listed(at_work.bot.deliveries) == []
    assert await shown(at_work.bot.deliveries, 1) is None
    # A gateway whose folder takes no socket serves people all the same.
    await serve_own({}, tmp_path / "nowhere" / "gateway.sock")
