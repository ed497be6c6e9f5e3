"""What `amanat bot` does."""

import argparse
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from msgspec import json

from amanat import logs
from amanat.cli.failure import Exit, Failure
from amanat.cli.service_actions import told
from amanat.gateway.bots.tokens import Token, Tokens, TooManyTokens, make_secret
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot_creating import WantedBot, create_bot

DAY_MS: Final = 86_400_000
MAX_DAYS: Final = 3_650


def act(arguments: argparse.Namespace) -> Exit:
    """Make a bot, or change its tokens."""
    logs.configure("console", level=logging.WARNING)
    return _create(arguments) if arguments.action == "create" else _token(arguments)


def _create(arguments: argparse.Namespace) -> Exit:
    wanted = WantedBot(
        name=arguments.name,
        homeserver=arguments.homeserver.rstrip("/"),
        data=arguments.data,
        owner=arguments.owner or Path(f"{arguments.name}-owner.json"),
        registration_token=arguments.registration_token,
        country=arguments.country,
        run_by=arguments.run_by,
        api=arguments.api,
        title=arguments.title or arguments.name,
        url=arguments.url,
        hears_groups=arguments.hears_groups,
        window=arguments.window,
        stand_in_numbers=arguments.stand_in_numbers,
    )
    print(json.encode(told(create_bot(wanted))).decode())
    return Exit.OK


def _token(arguments: argparse.Namespace) -> Exit:
    folder = arguments.data / arguments.name
    if not bot_file.is_bot(folder):
        raise Failure(f"{folder} holds no bot: `amanat bot create` makes one.", code=Exit.WRONG_DATA)
    if (arguments.act == "list") != (arguments.label is None):
        raise Failure("Write what the token is called.", code=Exit.USAGE)
    if arguments.days is not None and not 0 < arguments.days <= MAX_DAYS:
        raise Failure(f"A token lasts 1 to {MAX_DAYS} days.", code=Exit.USAGE)
    tokens, now_ms = Tokens(folder), wall_clock_ms()
    if arguments.act == "add":
        print(_add(tokens, arguments, number=bot_file.read(folder).number, now_ms=now_ms))
    elif arguments.act == "revoke" and not tokens.revoke(arguments.label, now_ms=now_ms):
        raise Failure(f"{arguments.name} has no token {arguments.label} that lets anybody in.")
    else:
        for token in tokens.all():
            print(_line(token))
    return Exit.OK


def _add(tokens: Tokens, arguments: argparse.Namespace, *, number: int, now_ms: int) -> str:
    token = f"{number}:{make_secret()}"
    expires_ts = None if arguments.days is None else now_ms + arguments.days * DAY_MS
    try:
        tokens.add(token, label=arguments.label, now_ms=now_ms, expires_ts=expires_ts)
    except TooManyTokens as error:
        raise Failure(str(error)) from None
    return token


def _line(token: Token) -> str:
    if token.revoked_ts is not None:
        ends = f"revoked {_day(token.revoked_ts)}"
    else:
        ends = "for good" if token.expires_ts is None else f"until {_day(token.expires_ts)}"
    return f"{token.label}\tmade {_day(token.made_ts)}\t{ends}"


def _day(ts: int) -> str:
    return datetime.fromtimestamp(ts / 1000, UTC).strftime("%Y-%m-%d")
