"""Where a bot's webhooks go: the app says, its business may say otherwise, and its phone has the last word."""

import asyncio
import hmac
from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias
from urllib.parse import urlencode, urlsplit

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.gateway.bots.api import Line, Webhook
from amanat.gateway.cloud_api.access import app_secret
from amanat.gateway.cloud_api.errors import GraphError
from amanat.outbound.http import HttpClient, Unreachable

Level: TypeAlias = Literal["app", "business", "phone"]

_NAME: Final = "cloud_api.callbacks"
_VERIFICATION: Final = 2200


class Callbacks(Struct, frozen=True, kw_only=True):
    """An address on each level, empty where it says nothing. `is_subscribed`: whether anything is sent at all.

    `fields`: of what the app wants to be told; of everything where it named none.
    """

    app: str = ""
    business: str = ""
    phone: str = ""
    fields: tuple[str, ...] = ()
    is_subscribed: bool = True

    @property
    def url(self) -> str:
        """The address that counts."""
        return (self.phone or self.business or self.app) if self.is_subscribed else ""


class CallbackSetting:
    """Sets where webhooks go, once whoever is there has proved that they expect them."""

    def __init__(self, *, http: HttpClient, mint: Callable[[], str]) -> None:
        """`mint` makes challenges that nobody guesses."""
        self._http = http
        self._mint = mint
        # What is kept is read, changed and written: one after the other, while others' addresses are asked.
        self._turns = asyncio.Lock()

    @staticmethod
    async def of(line: Line) -> Callbacks:
        """Return what is set."""
        kept = await line.setting(_NAME)
        return Callbacks() if kept is None else json.decode(kept, type=Callbacks)

    async def put(self, line: Line, level: Level, *, url: str, verify_token: str) -> None:
        """Set the address of a level; without one, the level says nothing any more."""
        if url:
            await self._verify(url, verify_token)
        async with self._turns:
            await _keep(line, replace(await self.of(line), **{level: url}))

    async def put_app(self, line: Line, *, url: str, verify_token: str, fields: Sequence[str]) -> None:
        """Set the app's address, and of what it is told."""
        await self._verify(url, verify_token)
        async with self._turns:
            await _keep(line, replace(await self.of(line), app=url, fields=tuple(fields)))

    async def subscribe(self, line: Line, *, is_subscribed: bool) -> None:
        """Send webhooks, or none."""
        async with self._turns:
            await _keep(line, replace(await self.of(line), is_subscribed=is_subscribed))

    async def _verify(self, url: str, verify_token: str) -> None:
        """Ask for the challenge back. It goes through the guard against our own network, as every webhook does."""
        if not is_web_address(url):
            raise GraphError(100, "The address of a webhook must be a web address.")
        challenge = self._mint()
        query = urlencode({"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token})
        try:
            answer = await self._http.ask("GET", f"{url}{'&' if '?' in url else '?'}{query}", headers={})
        except Unreachable as error:
            raise GraphError(_VERIFICATION, f"The address cannot be reached: {error}.") from None
        if not answer.is_good:
            raise GraphError(_VERIFICATION, f"The address answers {answer.status}: is the verify token right?")
        if not hmac.compare_digest(answer.body.strip(), challenge.encode()):
            raise GraphError(_VERIFICATION, "The address does not answer with the challenge.")


def is_web_address(url: str) -> bool:
    """Whether an address may be one of the web. Whether it may be asked is decided where it is asked."""
    try:
        return urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


async def _keep(line: Line, callbacks: Callbacks) -> None:
    # First the webhook: what is killed in between is set again by the bot, which had no answer yet.
    url = callbacks.url
    webhook = Webhook(url=url, secret=app_secret(line.secret), kinds=callbacks.fields) if url else None
    await line.set_webhook(webhook)
    await line.keep_setting(_NAME, json.encode(callbacks))
