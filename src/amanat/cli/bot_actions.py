"""What `amanat bot` does."""

import argparse
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final

from msgspec import json

from amanat import logs
from amanat.cli import bot_catalogue, bot_deliveries
from amanat.cli.admin_socket import AdminClient
from amanat.cli.bot_folder import bot_folder
from amanat.cli.failure import Exit, Failure
from amanat.cli.gateway_flags import wanted
from amanat.cli.service_actions import staff, told
from amanat.gateway.bots.scopes import SCOPES, NoSuchScope, scopes_of
from amanat.gateway.bots.tokens import Token, Tokens, TokenUses, TooManyTokens, make_secret
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot_creating import WantedBot, create_bot
from amanat.gateway.service.own_socket import SOCKET, TOKENS_CHANGED

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
MAX_DAYS: Final = 3_650


def act(arguments: argparse.Namespace) -> Exit:
    """Make a bot, change its tokens or its staff, or look at what was delivered to it."""
    logs.configure("console", level=logging.WARNING)
    return _ACTIONS[arguments.action](arguments)


def _create(arguments: argparse.Namespace) -> Exit:
    bot = wanted(WantedBot, arguments, title=arguments.title or arguments.name)
    print(json.encode(told(create_bot(bot))).decode())
    return Exit.OK


def _token(arguments: argparse.Namespace) -> Exit:
    folder = bot_folder(arguments)
    if (arguments.act == "list") != (arguments.label is None):
        raise Failure("Write what the token is called.", code=Exit.USAGE)
    tokens, now_ms = Tokens(folder), wall_clock_ms()
    if arguments.act == "add":
        print(_add(tokens, arguments, number=bot_file.read(folder).number, now_ms=now_ms))
    elif arguments.act == "revoke" and not tokens.revoke(arguments.label, now_ms=now_ms):
        raise Failure(f"{arguments.name} has no token {arguments.label} that lets anybody in.")
    if arguments.act != "add":
        uses = TokenUses(folder).all()
        for token in tokens.all():
            print(_line(token, used_ts=uses.get(token.digest)))
    if arguments.act != "list":
        _tell_gateway(arguments)
    return Exit.OK


def _tell_gateway(arguments: argparse.Namespace) -> None:
    """Have people told at once; a gateway that cannot be told sees it in time."""
    gateway = AdminClient(arguments.data / SOCKET)
    if gateway.is_answered():
        with suppress(Failure):
            gateway.post(TOKENS_CHANGED.format(name=arguments.name), {})


def _add(tokens: Tokens, arguments: argparse.Namespace, *, number: int, now_ms: int) -> str:
    token = f"{number}:{make_secret()}"
    lasts_ms = _lasts_ms(arguments)
    try:
        scopes = scopes_of(arguments.scopes.split(",")) if arguments.scopes is not None else SCOPES
    except NoSuchScope as error:
        raise Failure(str(error), code=Exit.USAGE) from None
    expires_ts = None if lasts_ms is None else now_ms + lasts_ms
    try:
        tokens.add(token, label=arguments.label, now_ms=now_ms, expires_ts=expires_ts, scopes=scopes)
    except TooManyTokens as error:
        raise Failure(str(error)) from None
    return token


def _lasts_ms(arguments: argparse.Namespace) -> int | None:
    if arguments.days is None and arguments.hours is None:
        return None
    lasts_ms = int(arguments.days * DAY_MS if arguments.hours is None else arguments.hours * HOUR_MS)
    if not 0 < lasts_ms <= MAX_DAYS * DAY_MS:
        raise Failure(f"A token lasts an hour to {MAX_DAYS} days.", code=Exit.USAGE)
    return lasts_ms


def _line(token: Token, *, used_ts: int | None) -> str:
    if token.revoked_ts is not None:
        ends = f"revoked {_day(token.revoked_ts)}"
    else:
        ends = "for good" if token.expires_ts is None else f"until {_day(token.expires_ts)}"
    used = "never used" if used_ts is None else f"used {_day(used_ts)}"
    return f"{token.label}\t{','.join(token.scopes)}\tmade {_day(token.made_ts)}\t{ends}\t{used}"


def _day(ts: int) -> str:
    return datetime.fromtimestamp(ts / 1000, UTC).strftime("%Y-%m-%d")


_ACTIONS: Final[dict[str, Callable[[argparse.Namespace], Exit]]] = {
    "create": _create,
    "token": _token,
    "staff": staff,
    "deliveries": bot_deliveries.act,
    "replay": bot_deliveries.act,
    "test": bot_deliveries.test,
    "catalog": bot_catalogue.act,
}
