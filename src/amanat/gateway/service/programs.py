"""Which programs reach the chats of a bot, as those whom it talks with are told. Pure.

It is the word of whoever runs the gateway: labels, scopes, days and the webhook's host, and never a secret.
"""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.gateway.bots.api import Webhook
from amanat.gateway.bots.scopes import Scope
from amanat.gateway.bots.tokens import DAY_MS, Token

SHOWN_MS: Final = 30 * DAY_MS
"""How long what has ended is still shown."""


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


def programs_of(tokens: Sequence[Token], *, uses: Mapping[str, int], webhook: Webhook | None, now_ms: int) -> Programs:
    """Return what people are told: tokens that hold, and those that ended in the last 30 days."""
    shown = [each for each in tokens if each.ended_ts is None or each.ended_ts > now_ms - SHOWN_MS]
    host = urlsplit(webhook.url).hostname if webhook else None
    return Programs(
        programs=tuple(_program(each, uses.get(each.digest)) for each in shown), sent_to=(host,) if host else ()
    )


def _program(token: Token, used_ts: int | None) -> Program:
    return Program(
        label=token.label,
        scopes=token.scopes,
        since=token.made_ts,
        until=token.ended_ts,
        used=None if used_ts is None else used_ts - used_ts % DAY_MS,
    )
