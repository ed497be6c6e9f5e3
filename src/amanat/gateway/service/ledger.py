"""Which programs reach the chats of a bot, told to those whom it talks with: a field of its account's profile.

It is the word of whoever runs the gateway: labels, scopes, days and the webhook's host, and never a secret.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

import structlog
from msgspec import Struct, to_builtins

from amanat.core.errors import InternalError
from amanat.core.identifiers import PROGRAMS_FIELD
from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.scopes import Scope
from amanat.gateway.bots.tokens import Token
from amanat.gateway.device.server_api import Refused, TryAgain

LOOK_EVERY_S: Final = 10.0
DAY_MS: Final = 86_400_000
SHOWN_MS: Final = 30 * DAY_MS
"""How long what has ended is still shown."""

log = structlog.get_logger()


class Program(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A token as people are shown it. `used`: the day's beginning in UTC; `until` is when it ends, or has ended."""

    label: str
    scopes: tuple[Scope, ...]
    since: int
    until: int | None = None
    used: int | None = None


class Programs(Struct, frozen=True, kw_only=True):
    """All of a bot. `sent_to`: the hosts to which what people say is sent on."""

    v: int = 1
    programs: tuple[Program, ...] = ()
    sent_to: tuple[str, ...] = ()


class Shows(Protocol):
    """The account whose profile people read."""

    async def profile_field(self, field: str) -> Mapping[str, Any]:
        """Return an object of the account's profile; empty if there is none."""
        ...

    async def set_profile_field(self, field: str, value: object) -> None:
        """Show something in the account's profile."""
        ...


def programs_of(tokens: Sequence[Token], *, uses: Mapping[str, int], webhook: Webhook | None, now_ms: int) -> Programs:
    """Return what people are told: tokens that hold, and those that ended in the last 30 days."""
    shown = [each for each in tokens if each.ended_ts is None or each.ended_ts > now_ms - SHOWN_MS]
    host = urlsplit(webhook.url).hostname if webhook else None
    return Programs(
        programs=tuple(_program(each, uses.get(each.digest)) for each in shown), sent_to=(host,) if host else ()
    )


class Ledger:
    """Keeps the profile of one bot in step with its tokens and its webhook."""

    def __init__(
        self,
        shows: Shows,
        *,
        tokens: Callable[[], Sequence[Token]],
        uses: Callable[[], Mapping[str, int]],
        webhook: Callable[[], Awaitable[Webhook | None]],
        now_ms: Callable[[], int],
    ) -> None:
        self._shows = shows
        self._tokens = tokens
        self._uses = uses
        self._webhook = webhook
        self._now_ms = now_ms
        self._shown: object = None
        self._one_look = asyncio.Lock()
        self._was_refused = False

    async def work(self) -> None:
        """Look every few seconds, until cancelled: the command line changes tokens, too."""
        while True:
            await self.show()
            await asyncio.sleep(LOOK_EVERY_S)

    async def show(self) -> None:
        """Look, and leave it to the next look where that fails."""
        try:
            await self.look()
            self._was_refused = False
        except (InternalError, TryAgain):
            pass
        except Refused as error:
            if not self._was_refused:
                log.warning("programs_not_shown", reason=str(error))
            self._was_refused = True

    async def look(self) -> None:
        """Show what there is now, if that is something else."""
        async with self._one_look:
            await self._look()

    async def _look(self) -> None:
        now = programs_of(self._tokens(), uses=self._uses(), webhook=await self._webhook(), now_ms=self._now_ms())
        told = to_builtins(now)
        if self._shown is None:
            self._shown = await self._shows.profile_field(PROGRAMS_FIELD)
        if told != self._shown:
            await self._shows.set_profile_field(PROGRAMS_FIELD, told)
            self._shown = told


def _program(token: Token, used_ts: int | None) -> Program:
    return Program(
        label=token.label,
        scopes=token.scopes,
        since=token.made_ts,
        until=token.ended_ts,
        used=None if used_ts is None else used_ts - used_ts % DAY_MS,
    )
