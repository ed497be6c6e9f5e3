"""How a bot takes its updates: it asks for them, or names an address; never both, and never two at once.

Source: core.telegram.org/bots/api#getting-updates.
"""

import asyncio
import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from msgspec import json

from amanat.gateway.bots.api import Line, Webhook
from amanat.gateway.bots.model import Update
from amanat.gateway.telegram_bot_api.calls import Answer, Call, method
from amanat.gateway.telegram_bot_api.drafts import BY_DEFAULT
from amanat.gateway.telegram_bot_api.errors import BadRequest, Conflict
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.objects import Object
from amanat.gateway.telegram_bot_api.settings import Settings

MAX_UPDATES: Final = 100
_ALLOWED: Final = "allowed_updates"
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{0,256}", re.ASCII)
_MAX_AT_ONCE: Final = 100
_AT_ONCE: Final = 40
_WEBHOOK: Final = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_OTHER: Final = "terminated by other getUpdates request; make sure that only one bot instance is running"
_SET: Final = "terminated by setWebhook request"


class Updates(list[bytes]):
    """Updates as they wait, each a JSON object already."""


class _Poll:
    """A bot's request that waits. It ends when there is something, when its time is up, or when it is told to."""

    def __init__(self) -> None:
        self.over = asyncio.Event()
        self.reason = ""

    def end(self, reason: str = "") -> None:
        self.reason = self.reason or reason
        self.over.set()


class Taking:
    """Methods by which updates are taken."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._polls: dict[int, _Poll] = {}
        self._is_stopping = False

    def stop(self) -> None:
        """Let whoever waits go."""
        self._is_stopping = True
        for poll in self._polls.values():
            poll.end()

    @method("getUpdates")
    async def get_updates(self, call: Call) -> Updates:
        """Return what waits; if nothing does, wait for it. An offset says that the bot has everything before it."""
        line, fields = call.line, call.fields
        if await line.webhook() is not None:
            raise Conflict(_WEBHOOK)
        poll = self._take_over(line.me.number)
        try:
            return await self._updates(line, fields, poll)
        finally:
            if self._polls.get(line.me.number) is poll:
                del self._polls[line.me.number]

    def _take_over(self, bot: int) -> _Poll:
        """End another request of the bot that waits: a token in two places is told so, at each in turn."""
        before = self._polls.get(bot)
        if before is not None:
            before.end(_OTHER)
        poll = self._polls[bot] = _Poll()
        return poll

    async def _updates(self, line: Line, fields: Fields, poll: _Poll) -> Updates:
        most = min(max(fields.number("limit", MAX_UPDATES) or MAX_UPDATES, 1), MAX_UPDATES)
        timeout = min(max(fields.number("timeout", 0) or 0, 0), self._settings.poll_s)
        kinds = await _kinds(line, fields)
        after = await _confirmed(line, fields.number("offset", 0) or 0)
        deadline = asyncio.get_running_loop().time() + timeout
        while True:
            found = await _waiting(line, after=after, most=most, kinds=kinds)
            if poll.reason:
                raise Conflict(poll.reason)
            left = deadline - asyncio.get_running_loop().time()
            if found or left <= 0 or poll.over.is_set() or self._is_stopping:
                return Updates(update.body for update in found)
            await _either(poll, line, seconds=left)

    @method("setWebhook")
    async def set_webhook(self, call: Call) -> Answer:
        """Deliver updates to an address; without one, keep them for whoever asks."""
        url = call.fields.text("url").strip()
        if not url:
            return await self.delete_webhook(call)
        line, webhook = call.line, _webhook(call.fields, url)
        kinds = await _kinds(line, call.fields)
        await _drop_if_wished(call)
        await line.set_webhook(Webhook(url=url, secret=webhook.secret, kinds=kinds, at_once=webhook.at_once))
        waiting = self._polls.get(line.me.number)
        if waiting is not None:
            waiting.end(_SET)
        return Answer(result=True, description="Webhook was set")

    @method("deleteWebhook")
    async def delete_webhook(self, call: Call) -> Answer:
        """Keep updates for whoever asks for them."""
        was = await call.line.webhook()
        await _drop_if_wished(call)
        if was is not None:
            await call.line.set_webhook(None)
        return Answer(result=True, description="Webhook is already deleted" if was is None else "Webhook was deleted")

    @method("getWebhookInfo")
    async def get_webhook_info(self, call: Call) -> Object:
        """Return where updates go, how many wait, and what went wrong last."""
        line = call.line
        webhook, kept = await line.webhook(), await line.setting(_ALLOWED)
        told: Object = {
            "url": "" if webhook is None else webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": await line.count_updates(),
        }
        if webhook is not None:
            told["max_connections"] = webhook.at_once
            failed = next((each for each in await line.deliveries() if not 200 <= each.status < 300), None)
            if failed is not None:
                why = f"Wrong response from the webhook: {failed.status}" if failed.status else failed.answer
                told |= {"last_error_date": failed.ts // 1000, "last_error_message": why}
        return told | ({_ALLOWED: json.decode(kept)} if kept else {})


async def _either(poll: _Poll, line: Line, *, seconds: float) -> None:
    """Wait for an update, or for the end of the request."""
    comes = asyncio.ensure_future(line.wait_for_update(seconds=seconds))
    ends = asyncio.ensure_future(poll.over.wait())
    try:
        await asyncio.wait({comes, ends}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in (comes, ends):
            each.cancel()
        await asyncio.gather(comes, ends, return_exceptions=True)


async def _confirmed(line: Line, offset: int) -> int:
    """Forget what the bot has; return the position behind which it asks."""
    if offset > 0:
        await line.confirm(to=offset - 1)
        return offset - 1
    if offset < 0:
        last = await line.last_updates(most=min(-offset, MAX_UPDATES))
        if last:
            await line.confirm(to=last[0].position - 1)
    return 0


async def _waiting(line: Line, *, after: int, most: int, kinds: Sequence[str]) -> list[Update]:
    """Return what waits of these kinds. What the bot did not want, and nothing wanted stands before, is forgotten."""
    found: list[Update] = []
    while len(found) < most:
        page = await line.updates(after=after, most=MAX_UPDATES)
        found.extend(update for update in page if update.kind in kinds)
        if not page:
            break
        after = page[-1].position
        if not found:
            await line.confirm(to=after)
        if len(page) < MAX_UPDATES:
            break
    return found[:most]


async def _kinds(line: Line, fields: Fields) -> tuple[str, ...]:
    """Return which updates the bot wants: as it says now, or as it said last."""
    wished = fields.items(_ALLOWED, "can't parse allowed updates JSON object")
    if wished is None:
        kept = await line.setting(_ALLOWED)
        return tuple(json.decode(kept, type=list[str])) if kept else BY_DEFAULT
    kinds = tuple(str(kind)[:64] for kind in wished[:64])
    value = json.encode(kinds) if kinds else None
    if await line.setting(_ALLOWED) != value:
        await line.keep_setting(_ALLOWED, value)
    return kinds or BY_DEFAULT


async def _drop_if_wished(call: Call) -> None:
    if call.fields.flag("drop_pending_updates"):
        last = await call.line.last_updates(most=1)
        if last:
            await call.line.confirm(to=last[-1].position)


def _webhook(fields: Fields, url: str) -> Webhook:
    """Check an address. Whether it may be asked is decided where it is asked."""
    try:
        parts = urlsplit(url)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 2048
    except ValueError:
        is_address = False
    if not is_address:
        raise BadRequest("bad webhook: an HTTPS URL must be provided for webhook")
    secret = fields.text("secret_token")
    if not _SECRET.fullmatch(secret):
        raise BadRequest("secret token contains unallowed characters")
    at_once = min(max(fields.number("max_connections", _AT_ONCE) or _AT_ONCE, 1), _MAX_AT_ONCE)
    return Webhook(url=url, secret=secret, at_once=at_once)
