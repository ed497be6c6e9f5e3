"""The API over a socket, in front of a bot at work whose chats are encrypted; and programs that call it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import httpx

from amanat.edge.server import Server, ServerRules, listen
from amanat.gateway.bots.api import Admitted, Line
from amanat.gateway.device.ground import random_id
from amanat.gateway.device.happenings import Outgoing, Received
from amanat.gateway.service.bot import Bot
from amanat.gateway.spooling import Room
from amanat.gateway.telegram_bot_api.access import access
from amanat.gateway.telegram_bot_api.api import TelegramBotApi
from amanat.gateway.telegram_bot_api.app import telegram_app
from amanat.gateway.telegram_bot_api.settings import Settings
from amanat.outbound.http import HttpClient
from tests.gateway.device.office import PATIENCE_S
from tests.gateway.device.town import Town
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork

SECRET: Final = "Zq3-_" + "x" * 30
TOKEN: Final = f"77:{SECRET}"


class Only:
    """The bots of a gateway that has one."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    def of_token(self, token: str) -> Admitted | None:
        found = self._bot.find(token)
        return Admitted(self._bot.line, found) if found else None

    def of_number(self, number: int) -> Line | None:
        return self._bot.line if number == self._bot.line.me.number else None


class ServedBot:
    """A bot, its API's address, and who writes to it."""

    def __init__(self, at_work: BotAtWork, url: str, http: httpx.AsyncClient) -> None:
        self.at_work = at_work
        self.url = url
        self.http = http
        self.told = access(at_work.line.me, TOKEN, base_url=url)

    async def ask(self, method: str, *, token: str = TOKEN, **fields: Any) -> httpx.Response:
        """Call a method with a form, as most programs do; returns the whole answer."""
        return await self.http.post(f"{self.url}/bot{token}/{method}", data=fields)

    async def call(self, method: str, **fields: Any) -> Any:
        """Call a method that is answered."""
        body = (await self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=fields)).json()
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **fields: Any) -> str:
        """Call a method that is refused, and return why."""
        answer = await self.http.post(f"{self.url}/bot{TOKEN}/{method}", json=fields)
        body = answer.json()
        assert not body["ok"], body
        assert answer.status_code == body["error_code"]
        return str(body["description"])

    async def next_update(self, kind: str, *, offset: int = 0) -> dict[str, Any]:
        """Take updates one by one until one is of a kind."""
        async with asyncio.timeout(3 * PATIENCE_S):
            while True:
                for update in await self.call("getUpdates", offset=offset, limit=1, timeout=20):
                    offset = update["update_id"] + 1
                    if kind in update:
                        return dict(update)

    async def chat_with(self, visitor: Visitor, text: str = "/start") -> int:
        """Let somebody write first, and return the number of their chat."""
        await visitor.writes(text)
        update = await self.next_update("message")
        await self.call("getUpdates", offset=update["update_id"] + 1)
        return int(update["message"]["chat"]["id"])


@asynccontextmanager
async def answering(api: TelegramBotApi, bot: Bot, *, room: Room | None = None) -> AsyncIterator[str]:
    """Serve a bot's API on a free port; gives the address."""
    bound = listen("127.0.0.1", 0)
    server = Server(telegram_app(api, Only(bot), room=room), stopping=api.stop, rules=ServerRules(grace_s=1))
    serving = asyncio.create_task(server.serve([bound]))
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.stop()
        await serving


@asynccontextmanager
async def served(
    town: Town,
    folder: Path,
    *,
    settings: Settings | None = None,
    now: Callable[[], float] = time.monotonic,
    pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> AsyncIterator[ServedBot]:
    """Make a bot, let it work, and serve its API; `now` and `pause` are the clock by which what it says is counted."""
    outside = HttpClient(private_networks=["127.0.0.0/8"])
    api = TelegramBotApi(fetches=outside, settings=settings, now=now, pause=pause, chance=lambda sides: sides)
    at_work = await BotAtWork.begin(town, folder, api=api, posts=outside)
    at_work.bot.tokens.add(TOKEN, label="test", now_ms=1)
    try:
        async with answering(api, at_work.bot) as url, httpx.AsyncClient(timeout=30) as http:
            yield ServedBot(at_work, url, http)
    finally:
        await at_work.close()
        await outside.close()


async def send(visitor: Visitor, content: dict[str, Any], kind: str = "m.room.message") -> None:
    """Send anything to the bot."""
    outgoing = Outgoing(room_id=visitor.room_id, txn_id=random_id(), type=kind, content=content)
    await visitor.citizen.store.write(lambda tx: visitor.citizen.device.say(tx, outgoing))


async def sees(visitor: Visitor, kind: str, *, count: int = 1) -> Received:
    """Wait for so many events of a type from the bot, and return the last."""

    def find() -> Received | None:
        found = [each for each in visitor.citizen.echo.received if each.type == kind]
        return found[count - 1] if len(found) >= count else None

    return await visitor.citizen.echo.until(find, f"sees {count} {kind}")
