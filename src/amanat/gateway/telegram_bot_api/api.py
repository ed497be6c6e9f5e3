"""The Telegram Bot API as the gateway sees it: it drafts updates, posts them, and does what bots call for."""

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from msgspec import json

from amanat.core.errors import InternalError
from amanat.gateway.bots.api import Line, Me, NotNow, Post, Webhook
from amanat.gateway.bots.introduction import Introduction
from amanat.gateway.bots.model import Drafted, Heard, Update
from amanat.gateway.spooling import Full, Opened, Spool
from amanat.gateway.telegram_bot_api.albums import Albums
from amanat.gateway.telegram_bot_api.calls import Answer, Call, collect
from amanat.gateway.telegram_bot_api.chats import Chats
from amanat.gateway.telegram_bot_api.copying import Copying
from amanat.gateway.telegram_bot_api.downloads import Downloads
from amanat.gateway.telegram_bot_api.drafts import Drafts
from amanat.gateway.telegram_bot_api.editing import Editing
from amanat.gateway.telegram_bot_api.errors import NOT_AVAILABLE, BadRequest, NotFound, TelegramError, TooManyRequests
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.flood import Flood
from amanat.gateway.telegram_bot_api.group_settings import GroupSettings
from amanat.gateway.telegram_bot_api.members import Members
from amanat.gateway.telegram_bot_api.objects import Telling
from amanat.gateway.telegram_bot_api.polls import Polls
from amanat.gateway.telegram_bot_api.profile import Profile, introduction_of
from amanat.gateway.telegram_bot_api.reading import parsed
from amanat.gateway.telegram_bot_api.sending import Sending
from amanat.gateway.telegram_bot_api.settings import Settings
from amanat.gateway.telegram_bot_api.speaking import Speaker
from amanat.gateway.telegram_bot_api.taking import Taking, Updates
from amanat.gateway.telegram_bot_api.uploads import Fetches, Uploads

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
RETRY_S: Final = 5
"""After how long a bot may try again what the server could not be asked for."""

_MAX_METHOD: Final = 64

log = structlog.get_logger()


class TelegramBotApi:
    """All of it but HTTP. Satisfies `bots.api.Api`."""

    tells_reads = False
    begins_by = ""
    sends_offers = False

    def __init__(
        self,
        *,
        fetches: Fetches,
        settings: Settings | None = None,
        now: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[int], int] = lambda sides: 1 + secrets.randbelow(sides),
    ) -> None:
        """`fetches` gets what lies at an address that a bot names; `now` and `pause` are one clock."""
        self._settings = settings or Settings()
        speaker = Speaker(self._settings, Flood(self._settings, now=now), pause=pause)
        uploads = Uploads(fetches)
        albums = Albums(speaker, uploads)
        self._taking = Taking(self._settings)
        self._downloads = Downloads()
        self._methods = collect(
            Sending(speaker, uploads, chance=chance),
            albums,
            Editing(speaker, albums),
            Copying(speaker),
            Chats(speaker),
            Polls(speaker),
            Members(speaker),
            GroupSettings(speaker),
            Profile(speaker),
            self._taking,
            self._downloads,
        )

    @property
    def keeps_ms(self) -> int:
        """How long an update waits for a bot that does not take it."""
        return self._settings.keeps_ms

    @property
    def methods(self) -> frozenset[str]:
        """The names of what is offered, in small letters."""
        return frozenset(self._methods)

    def draft(self, heard: Heard, *, me: Me, position: int) -> Drafted | None:
        """Return the update that tells of something."""
        return Drafts(Telling(me, language=self._settings.language)).draft(heard, position=position)

    def post(self, webhook: Webhook, update: Update, *, me: Me) -> Post:  # noqa: ARG002 - the protocol's
        """Return the request that delivers an update."""
        # Clients compare the type as it stands: one that names a charset is refused with 403.
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers[SECRET_HEADER] = webhook.secret
        return Post(url=webhook.url, headers=headers, body=update.body)

    def sample(self, *, me: Me, position: int, ts: int) -> bytes:  # noqa: ARG002 - the protocol's
        """Return an update without anything in it: every kind would tell a program of something that it may act on."""
        return json.encode({"update_id": position})

    async def introduction(self, line: Line) -> Introduction:
        """Return what a bot says of itself."""
        return await introduction_of(line)

    async def answered(self, line: Line, body: bytes, *, content_type: str) -> None:
        """Do what a webhook's answer calls for, if anything: nobody hears how it went but the log.

        What meets the limits waits and is said in its turn. Raises `NotNow` and `InternalError`.
        """
        if not body.strip():
            return
        try:
            fields = parsed(body, content_type)
            name = fields.text("method")
            if name and name.lower() != "getupdates":
                await self._do(Call(line, fields, waits=True), name)
        except (NotNow, InternalError):
            raise
        except TelegramError as error:
            log.info("webhook_answer_refused", bot=line.me.number, status=error.status)
        except Exception:
            log.exception("webhook_answer_failed", bot=line.me.number)

    async def call(self, line: Line, name: str, *, fields: Fields) -> Answer | Updates:
        """Do what a bot calls for; raises `TelegramError`."""
        try:
            return await self._do(Call(line, fields), name)
        except NotNow:
            raise TooManyRequests(retry_after=RETRY_S) from None

    async def _do(self, call: Call, name: str) -> Answer | Updates:
        method = self._methods.get(name.lower())
        if method is None:
            # Clients read 404 as a token that is wrong, so only what can be no method's name is not found.
            is_name = name.isascii() and name.isalpha() and len(name) <= _MAX_METHOD
            raise BadRequest(NOT_AVAILABLE) if is_name else NotFound("method not found")
        result = await method(call)
        return result if isinstance(result, Answer | Updates) else Answer(result, "")

    async def download(self, line: Line, name: str, *, spool: Spool) -> Opened:
        """Return a file, by the last part of its path; raises `TelegramError`."""
        try:
            return await self._downloads.opened(line, name, spool=spool)
        except (NotNow, Full):
            raise TooManyRequests(retry_after=RETRY_S) from None

    def stop(self) -> None:
        """Let whoever waits for updates go."""
        self._taking.stop()
