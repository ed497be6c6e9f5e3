"""The bots of a lab: one of each API, for whoever tries a program against real encrypted chats."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeAlias

from amanat.cli.sample_desk import BOTS_TOLD
from amanat.gateway.service.bot_apis import access_of
from amanat.gateway.service.bot_creating import MadeBot, WantedBot, create_bot
from amanat.gateway.service.bot_file import ApiName, read

TOLD: Final = BOTS_TOLD.decode()
ANY: Final = "127.0.0.1:0"
NAMES: Final[dict[str, ApiName]] = {"bot-telegram": "telegram", "bot-cloud": "cloud"}


Surely: TypeAlias = Callable[[Callable[[], Awaitable[MadeBot]]], Awaitable[MadeBot]]


async def make_bots(url: str, folder: Path, *, surely: Surely) -> list[MadeBot]:
    """Make them, or give those that are there new tokens; `surely` waits for a server that is away."""
    made = []
    for name, api in NAMES.items():
        owner = folder / "owners" / f"{name}.json"
        wanted = WantedBot(name=name, homeserver=url, data=folder, owner=owner, api=api, title=f"Bot {api}", url=url)
        made.append(await surely(partial(create_bot, wanted)))
    return made


def access_to(made: list[MadeBot], *, url: str) -> dict[str, Any]:
    """Return what their programs are to be given, once it is known where the bot APIs are."""
    bots = {Path(each.data).name: each for each in made}
    return {
        api: access_of(read(Path(bots[name].data)), username=name, token=bots[name].token, url=url)
        for name, api in NAMES.items()
    }
