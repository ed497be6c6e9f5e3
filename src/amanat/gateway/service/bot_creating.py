"""Makes a bot: an account with a device and an owner as every service has, its file, and the token for its program."""

import os
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from amanat.gateway.bots.ground import NUMBER_BITS
from amanat.gateway.bots.tokens import Tokens, make_secret
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.owner import identity
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot import Bot
from amanat.gateway.service.bot_apis import BotApis, access_of
from amanat.gateway.service.bot_file import ApiName, BotFile, Window
from amanat.gateway.service.creating import (
    DISPLAY_NAME,
    NotMade,
    WantedAccount,
    account,
    be_host,
    held_in,
    note_host,
    owner_keys,
    prepare,
    register,
    state,
)
from amanat.gateway.service.people_link import app_of, link_to
from amanat.outbound.origin import Origin

FIRST = "first"
"""What the token is called that a bot is made with."""


class WantedBot(WantedAccount, frozen=True, kw_only=True):
    """A bot to make. `url` is where its program will reach the gateway's bot APIs."""

    api: ApiName
    title: str
    url: str
    hears_groups: bool = False
    window: Window = "24h"
    stand_in_numbers: bool = False
    offers_a_day: int = 2


class MadeBot(Struct, frozen=True, kw_only=True):
    """What there is now; `token` and `access` are told this once. `link`: how people come to it in the app, if any."""

    user_id: str
    device_id: str
    homeserver: str
    data: str
    owner: str
    link: str
    token: str
    access: dict[str, object]

    def __repr__(self) -> str:
        return f"MadeBot({self.user_id})"


async def create_bot(wanted: WantedBot) -> MadeBot:
    """Make a bot, or go on with making it, with a new token in either case; raises `NotMade` and `WrongData`."""
    folder = wanted.data / wanted.name
    be_host(wanted)
    held = held_in(folder) or await register(wanted)
    prepare(folder, held, database=wanted.database)
    note_host(wanted)
    bot = _file(wanted, app=await app_of(wanted.homeserver))
    async with account(held) as api:
        keys = owner_keys(wanted.owner, held.user_id)
        await identity.publish(keys, api.post)
        await _open_once(folder, held)
        await identity.vouch(keys, api.post, device_id=held.device_id)
        await state(folder, keys, api=api, held=held, country=wanted.country)
        await api.set_profile_field(DISPLAY_NAME, bot.name)
    token, now_ms = f"{bot.number}:{make_secret()}", wall_clock_ms()
    tokens = Tokens(folder)
    tokens.revoke(FIRST, now_ms=now_ms)
    tokens.add(token, label=FIRST, now_ms=now_ms)
    return MadeBot(
        user_id=held.user_id,
        device_id=held.device_id,
        homeserver=wanted.homeserver,
        data=str(folder),
        owner=str(wanted.owner),
        link=link_to(bot.app, wanted.name),
        token=token,
        access=access_of(bot, username=wanted.name, token=token, url=wanted.url),
    )


def _file(wanted: WantedBot, *, app: str) -> BotFile:
    folder = wanted.data / wanted.name
    if not bot_file.is_bot(folder):
        number = 1 + int.from_bytes(os.urandom(8)) % (2**NUMBER_BITS - 1)
        made = BotFile(
            api=wanted.api,
            number=number,
            name=wanted.title,
            secret=make_secret(),
            hears_groups=wanted.hears_groups,
            window=wanted.window,
            stand_in_numbers=wanted.stand_in_numbers,
            offers_a_day=wanted.offers_a_day,
            app=app,
        )
        bot_file.write(folder, made)
    bot = bot_file.read(folder)
    if bot.api != wanted.api:
        raise NotMade(f"{wanted.name} is a bot of the {bot.api} API already: make another for this one.")
    if app not in ("", bot.app):
        bot = replace(bot, app=app)
        bot_file.write(folder, bot)
    return bot


async def _open_once(folder: Path, held: Credentials) -> None:
    """Have the device make and publish its keys, which its owner is to sign."""
    origin, apis = Origin(held.homeserver), BotApis()
    try:
        bot = await Bot.open(folder, asks=origin, apis=apis.of, posts=apis.http)
        await bot.close()
    finally:
        await apis.close()
        origin.close()
