"""What `amanat bot catalog` asks of a running gateway: to take a file into a bot's catalogue, or to look at it."""

from collections.abc import Mapping
from typing import Any, Final, Protocol

from msgspec import Struct, ValidationError, json, to_builtins

from amanat.core.errors import BadJson, NotFound
from amanat.edge.request import Request
from amanat.edge.routes import post
from amanat.gateway.bots.api import Line
from amanat.gateway.cloud_api.batches import Batches
from amanat.gateway.cloud_api.catalogue_files import read_file
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.service.bot_file import ApiName

CATALOGUE: Final = "/bots/{name}/catalogue"
TOLD: Final = 100
"""Of what is wrong with a file."""


class Selling(Protocol):
    """A bot that may have a catalogue."""

    @property
    def api_name(self) -> ApiName:
        """Which API its program speaks."""
        ...

    @property
    def line(self) -> Line:
        """Its way to its chats."""
        ...


class _Asked(Struct):
    file: str
    dry_run: bool = False


class CatalogueRoutes:
    """The catalogues of bots."""

    def __init__(self, bots: Mapping[str, Selling], *, batches: Batches) -> None:
        self._bots = bots
        self._batches = batches

    @post(CATALOGUE, auth="none")
    async def take(self, request: Request) -> dict[str, Any]:
        """Take a file whole, or say what is wrong with it and take nothing."""
        bot = self._bots.get(request.params["name"])
        if bot is None or bot.api_name != "cloud":
            raise NotFound("No bot of this name and of the Cloud API runs here.")
        try:
            asked = json.decode(await request.body(), type=_Asked)
        except ValidationError as error:
            raise BadJson(str(error)) from None
        changes, wrong = read_file(asked.file)
        if not wrong:
            try:
                do = self._batches.check if asked.dry_run else self._batches.do_whole
                wrong = await do(bot.line, changes)
            except GraphError as error:
                raise NotFound(error.details) from None
        return {
            "products": 0 if wrong else len(changes),
            "wrong": to_builtins(sorted(wrong, key=lambda each: each.line)[:TOLD]),
            "wrong_in_all": len(wrong),
        }
