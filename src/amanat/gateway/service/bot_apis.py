"""The bot APIs of one gateway: which there are, and one application for both, since a path says whose it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from amanat.core.requester import Requester
from amanat.edge.app import App
from amanat.edge.request import Request
from amanat.edge.responses import Answer
from amanat.gateway.bots.api import Admitted, Api, Line, Me
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.tokens import Token
from amanat.gateway.cloud_api.access import access as cloud_access
from amanat.gateway.cloud_api.api import CloudApi
from amanat.gateway.cloud_api.app import FETCH_S, Ground, batches, cloud_app
from amanat.gateway.cloud_api.settings import Settings, default_settings
from amanat.gateway.service.bot_file import ApiName, BotFile
from amanat.gateway.spooling import Room
from amanat.gateway.telegram_bot_api.access import access as telegram_access
from amanat.gateway.telegram_bot_api.api import TelegramBotApi
from amanat.gateway.telegram_bot_api.app import telegram_app
from amanat.outbound.http import Connections, HttpClient

KEPT_S: Final = 20.0
"""How long the connection to a webhook waits for the next update."""
DELIVERIES_AT_ONCE: Final = 2_048
"""Of all bots. Each has a limit of its own (`Webhook.at_once`); this one keeps the process within its descriptors."""
TELEGRAM_PATHS: Final = ("/bot", "/file/bot")


class Served(Protocol):
    """A bot, as far as its API is concerned."""

    @property
    def api_name(self) -> ApiName:
        """Which API its program speaks."""
        ...

    @property
    def line(self) -> BotLine:
        """Its way to its chats."""
        ...

    def find(self, token: str) -> Token | None:
        """Return a token of the bot's that holds, which is used now."""
        ...


class BotApis:
    """Both APIs. `private_networks` are those of our own that webhooks and links to files may lead to."""

    def __init__(self, *, private_networks: Iterable[str] = ()) -> None:
        self.http = HttpClient(
            private_networks=private_networks,
            deadline_s=FETCH_S,
            connections=Connections(at_once=DELIVERIES_AT_ONCE, keep_s=KEPT_S),
        )
        self._room = Room()
        self._telegram = TelegramBotApi(fetches=self.http)
        self._cloud = CloudApi(self.decided)
        self._settings: dict[int, Settings] = {}
        self.batches = batches(self.http)
        """What changes catalogues, whoever asks for it."""

    def of(self, bot: BotFile) -> Api:
        """Return the API of a bot, which answers it from now on as its file says."""
        if bot.api == "telegram":
            return self._telegram
        self._settings[bot.number] = Settings(
            window=bot.window, stand_in_numbers=bot.stand_in_numbers, app=bot.app, offers_a_day=bot.offers_a_day
        )
        return self._cloud

    def decided(self, me: Me) -> Settings:
        """Return what the operator decided for a bot of the Cloud API."""
        return self._settings.get(me.number) or default_settings(me)

    def application(self, bots: Sequence[Served], *, url: str) -> "Application":
        """Return what answers for some bots; `url` is where their programs reach it."""
        telegram = telegram_app(self._telegram, BotsOf("telegram", bots), room=self._room)
        held = BotsOf("cloud", bots)
        ground = Ground(
            bots=held, base_url=url, http=self.http, settings=self.decided, room=self._room, batches=self.batches
        )
        return Application(telegram=telegram, cloud=cloud_app(ground))

    def stop(self) -> None:
        """Let go of whoever waits for updates."""
        self._telegram.stop()

    async def close(self) -> None:
        """Let the connections go."""
        await self.http.close()


class BotsOf:
    """The bots of one API, as it finds them."""

    def __init__(self, api: ApiName, bots: Sequence[Served]) -> None:
        self._bots: Mapping[int, Served] = {bot.line.me.number: bot for bot in bots if bot.api_name == api}

    def of_token(self, token: str) -> Admitted | None:
        """Return the bot that a token is of, and what it lets do; None for one that is unknown, expired or revoked."""
        digits = token.partition(":")[0]
        bot = self._bots.get(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) < 20 else None
        found = bot.find(token) if bot is not None else None
        return Admitted(bot.line, found) if bot is not None and found is not None else None

    def of_number(self, number: int) -> Line | None:
        """Return a bot by its number."""
        bot = self._bots.get(number)
        return bot.line if bot else None


class Application:
    """Answers what is asked of either API."""

    def __init__(self, *, telegram: App[Requester], cloud: App[Requester]) -> None:
        self._telegram = telegram
        self._cloud = cloud

    async def __call__(self, request: Request) -> Answer | None:
        """Answer one request."""
        app = self._telegram if request.path.startswith(TELEGRAM_PATHS) else self._cloud
        return await app(request)


def access_of(bot: BotFile, *, username: str, token: str, url: str) -> dict[str, Any]:
    """Return what a bot's developer gives a library of its API."""
    me = Me(number=bot.number, username=username, name=bot.name)
    if bot.api == "telegram":
        return telegram_access(me, token, base_url=url)
    return cloud_access(me, token, base_url=url, secret=bot.secret)
