"""The socket in a gateway's folder: a running gateway answers its operator's commands there, about its bots."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import structlog
from msgspec import to_builtins

from amanat.core.errors import LimitExceeded, MissingToken, NotFound
from amanat.core.requester import Requester
from amanat.edge.app import App, EdgeRules
from amanat.edge.request import BodyRules, Request
from amanat.edge.routes import collect, get, post
from amanat.edge.server import Server, listen_unix, short
from amanat.gateway.bots.api import NoWebhook, TooSoon
from amanat.gateway.bots.delivery.trials import REST_S, Trials
from amanat.gateway.bots.delivery.tries import Tries
from amanat.gateway.cloud_api.batches import Batches
from amanat.gateway.cloud_api.catalogue_files import LARGEST
from amanat.gateway.service.catalogue_routes import CatalogueRoutes, Selling

SOCKET: Final = "gateway.sock"
DELIVERIES: Final = "/bots/{name}/deliveries"
TOKENS_CHANGED: Final = "/bots/{name}/tokens/changed"
log = structlog.get_logger()

GONE: Final = "There is no such delivery: the last 100 are kept."


class Running(Selling, Protocol):
    """A bot that runs."""

    @property
    def deliveries(self) -> Tries:
        """What was delivered to it."""
        ...

    def tokens_changed(self) -> None:
        """Have people told which tokens there are by now."""
        ...

    @property
    def trials(self) -> Trials:
        """What tests its webhook."""
        ...


class OwnSocketRoutes:
    """What commands ask of a gateway that runs."""

    def __init__(self, bots: Mapping[str, Running]) -> None:
        self._bots = bots

    @get(DELIVERIES, auth="none")
    async def deliveries(self, request: Request) -> list[dict[str, Any]]:
        """List the last deliveries to a bot."""
        return await listed(self._of(request).deliveries)

    @post(DELIVERIES, auth="none")
    async def test(self, request: Request) -> dict[str, Any]:
        """Deliver a test, and show what came of it."""
        try:
            return dict(to_builtins(await self._of(request).trials.send()))
        except NoWebhook:
            raise NotFound("The bot has no webhook.") from None
        except TooSoon:
            raise LimitExceeded(retry_after_ms=round(1000 * REST_S)) from None

    @get(f"{DELIVERIES}/{{position}}", auth="none")
    async def delivery(self, request: Request) -> dict[str, Any]:
        """Show one, with what it brought."""
        return found(await shown(self._of(request).deliveries, _position(request)))

    @post(f"{DELIVERIES}/{{position}}/replay", auth="none")
    async def replay(self, request: Request) -> dict[str, Any]:
        """Deliver one again."""
        if not await self._of(request).deliveries.replay(_position(request)):
            raise NotFound(GONE)
        return {}

    @post(TOKENS_CHANGED, auth="none")
    async def tokens_changed(self, request: Request) -> dict[str, Any]:
        """Look at the file of a bot's tokens."""
        self._of(request).tokens_changed()
        return {}

    def _of(self, request: Request) -> Running:
        bot = self._bots.get(request.params["name"])
        if bot is None:
            raise NotFound("No bot of this name runs here.")
        return bot


async def serve_own(bots: Mapping[str, Running], path: Path, *, batches: Batches | None = None) -> None:
    """Answer on a gateway's socket until cancelled; with `batches`, files are taken into catalogues."""
    catalogues = [CatalogueRoutes(bots, batches=batches)] if batches is not None else []
    rules = EdgeRules(body=BodyRules(limit=2 * LARGEST))
    app: App[Requester] = App(collect(OwnSocketRoutes(bots), *catalogues), authenticate=_nobody, rules=rules)
    try:
        with short(path) as address:
            bound = listen_unix(address)
    except OSError as error:  # people are answered without it
        log.warning("no_socket_for_commands", reason=str(error))
        return
    server = Server(app)
    serving = asyncio.create_task(server.serve([bound]))
    try:
        await asyncio.shield(serving)
    finally:
        server.stop()
        await serving
        await asyncio.to_thread(path.unlink, missing_ok=True)


async def listed(deliveries: Tries) -> list[dict[str, Any]]:
    """Return the last deliveries as JSON objects."""
    return [to_builtins(each) for each in await deliveries.last()]


async def shown(deliveries: Tries, position: int) -> dict[str, Any] | None:
    """Return one as a JSON object, with what it brought."""
    row = await deliveries.one(position)
    if row is None:
        return None
    (one,) = [each for each in await listed(deliveries) if each["position"] == position] or [{}]
    return one | {"body": row.body.decode(errors="replace")}


def found(one: dict[str, Any] | None) -> dict[str, Any]:
    """Return it; raises `NotFound` where it is gone."""
    if one is None:
        raise NotFound(GONE)
    return one


def _position(request: Request) -> int:
    given = request.params["position"]
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise NotFound(GONE)
    return int(given)


async def _nobody(_token: str, _request: Request) -> Requester:
    """Whoever may open the socket may read all that the gateway keeps."""
    raise MissingToken
