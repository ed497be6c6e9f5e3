"""A bot at work behind the Cloud API: a real device in encrypted rooms, and the API over a socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from amanat.edge.server import Server, ServerRules, listen
from amanat.gateway.bots.api import Admitted, Line, Me, NoSuchChat
from amanat.gateway.cloud_api.access import access
from amanat.gateway.cloud_api.api import CloudApi
from amanat.gateway.cloud_api.app import Ground, cloud_app
from amanat.gateway.cloud_api.settings import Rates, Settings
from amanat.gateway.service.bot import Bot
from amanat.outbound.http import HttpClient
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Road, Town, until
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork

TOKEN = "EAAB" + "t" * 40
HERE = ("127.0.0.0/8",)


class Stand(BotAtWork):
    """One bot and its API. `settings` and `ahead_ms` are set by hand."""

    http: HttpClient
    url: str
    settings: Settings

    async def start(self) -> None:
        self.settings = Settings()
        # A client's trust store takes longer to read than most of these tests.
        self.client = httpx.AsyncClient(trust_env=False, timeout=PATIENCE_S, verify=False)
        self.http = HttpClient(private_networks=HERE)
        api = CloudApi(self.decide)
        self.bot = await Bot.open(
            self.folder, asks=Road(self.town.server), apis=lambda _: api, posts=self.http, now_ms=self.now_ms
        )
        if not self.bot.tokens.all():
            self.bot.tokens.add(TOKEN, label="test", now_ms=1)
        self._running = asyncio.create_task(self.bot.run())

    async def close(self) -> None:
        await self.client.aclose()
        await super().close()
        await self.http.close()

    def decide(self, _me: Me) -> Settings:
        return self.settings

    @property
    def held(self) -> dict[str, str]:
        """What the bot's developer is given."""
        return access(self.line.me, TOKEN, base_url=self.url, secret=self.line.secret)

    @property
    def phone(self) -> str:
        return self.held["phone_number_id"]

    @property
    def business(self) -> str:
        return self.held["business_account_id"]

    async def ask(self, method: str, path: str, *, token: str | None = TOKEN, **request: Any) -> httpx.Response:
        """Ask the API."""
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.client.request(method, f"{self.url}{path}", headers=headers, **request)

    async def send(self, to: str, kind: str, value: object, **more: object) -> httpx.Response:
        """Send a message."""
        body = {"messaging_product": "whatsapp", "to": to, "type": kind, kind: value, **more}
        return await self.ask("POST", f"/v23.0/{self.phone}/messages", json=body)

    async def until_gone(self, who: str) -> None:
        """Wait until the bot knows that somebody has left."""

        async def gone() -> bool:
            try:
                await self.line.chat(int(who.removeprefix("ID.")))
            except NoSuchChat:
                return True
            return False

        await until(gone)

    async def guest(self, text: str = "halo") -> tuple[Visitor, str]:
        """Bring somebody who has written to the bot, and return what the bot knows them by."""
        visitor = await self.visitor()
        await visitor.writes(text)
        await self.receives()
        (update,) = await self.line.updates(after=0, most=1)
        return visitor, f"ID.{update.chat}"


class OneBot:
    """The `Bots` of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def of_token(self, token: str) -> Admitted | None:
        found = self._bot.find(token)
        return Admitted(self._bot.line, found) if found else None

    def of_number(self, number: int) -> Line | None:
        return self._bot.line if number == self._bot.line.me.number else None


@asynccontextmanager
async def served(bot: Bot, http: HttpClient, **ground: Any) -> AsyncIterator[str]:
    """Serve the API of a bot, and return where."""
    bound = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    app = cloud_app(Ground(bots=OneBot(bot), base_url=url, http=http, **ground))
    server = Server(app, stopping=lambda: None, rules=ServerRules(grace_s=2))
    serving = asyncio.create_task(server.serve([bound]))
    try:
        yield url
    finally:
        server.stop()
        await serving


@asynccontextmanager
async def stand(town: Town, folder: Path, *, rates: Rates | None = None) -> AsyncIterator[Stand]:
    """Run one."""
    held = await Stand.begin(town, folder)
    assert isinstance(held, Stand)
    ground = {"settings": held.decide, "rates": rates or Rates(), "now_ms": held.now_ms}
    ground |= {"now": lambda: held.now_ms() / 1000}
    try:
        async with served(held.bot, held.http, **ground) as held.url:
            yield held
    finally:
        await held.close()
