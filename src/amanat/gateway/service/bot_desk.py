"""A bot as its desk sees it: how its program is doing, what was delivered to it, and its tokens."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.core.errors import LimitExceeded
from amanat.gateway.bots.api import Delivery, Me, NoWebhook, TooSoon
from amanat.gateway.bots.delivery.deliveries import GIVEN_UP
from amanat.gateway.bots.delivery.trials import REST_S, Trials
from amanat.gateway.bots.line import BotLine
from amanat.gateway.bots.tokens import Tokens, TokenUses, TooManyTokens, make_secret
from amanat.gateway.bots.updates import Updates
from amanat.gateway.desk.bot_joints import BotAbout, BotState, Failure, HeldToken, Hook, Opened, Tried, WantedToken
from amanat.gateway.desk.bot_routes import TOPIC
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.errors import Already, NotNow, WrongValue
from amanat.gateway.desk.looks import Looks
from amanat.gateway.desk.office import BotOffice
from amanat.gateway.desk.staff import Staff
from amanat.gateway.device.ground import Ground
from amanat.gateway.service.bot_file import ApiName
from amanat.gateway.service.desk_names import DeskNames

MAX_SHOWN: Final = 16_000
"""Of what a try brought, in characters."""
CALM_S: Final = 1.0
"""A busy bot changes all the time: its page is told so often at most."""
LOOK_EVERY_S: Final = 60.0


class BotGround(Struct, frozen=True, kw_only=True):
    """What a bot's desk stands on. `tokens_changed` has people told which there are."""

    folder: Path
    on: Ground
    me: Me
    api: ApiName
    line: BotLine
    updates: Updates
    tokens: Tokens
    trials: Trials
    uses: TokenUses
    tokens_changed: Callable[[], None]


class DeskProgram:
    """The desk's `BotProgram` over a bot's parts."""

    def __init__(self, ground: BotGround) -> None:
        self._on = ground

    def about(self) -> BotAbout:
        """Return what the bot is."""
        me = self._on.me
        return BotAbout(name=me.name, api=self._on.api, username=me.username, number=me.number)

    async def state(self) -> BotState:
        """Return how it is doing."""
        line = self._on.line
        webhook = await line.webhook()
        failed = next((each for each in await line.deliveries() if each.state != "delivered"), None)
        return BotState(
            about=self.about(),
            webhook=Hook(url=_without_secrets(webhook.url), since_ts=webhook.since_ts) if webhook else None,
            waiting=await line.count_updates(),
            last_failure=_failure(failed) if failed else None,
        )

    async def tries(self) -> list[Tried]:
        """Return the last 100 tries, the newest first."""
        return [
            Tried(
                position=each.position,
                update=each.update,
                kind=each.kind,
                ts=each.ts,
                took_ms=each.took_ms,
                status=each.status,
                reason=_reason(each.status, each.answer),
                state=each.state,
            )
            for each in await self._on.line.deliveries()
        ]

    async def opened(self, position: int) -> Opened | None:
        """Return what a try brought."""
        row = await self._on.line.tries.one(position)
        if row is None:
            return None
        return Opened(body=row.body[: 4 * MAX_SHOWN].decode(errors="replace")[:MAX_SHOWN], answer=row.answer)

    async def replay(self, position: int) -> bool:
        """Deliver it again; whether it is still there."""
        return await self._on.line.replay(position)

    async def test(self) -> None:
        """Deliver a test, once; raises `NotNow` without a webhook, and `LimitExceeded`."""
        try:
            await self._on.trials.send()
        except NoWebhook:
            raise NotNow("The bot has no webhook.") from None
        except TooSoon:
            raise LimitExceeded(retry_after_ms=round(1000 * REST_S)) from None

    def tokens(self) -> list[HeldToken]:
        """Return the tokens, those that ended too."""
        uses, now_ms = self._on.uses.all(), self._on.on.now_ms()
        return [
            HeldToken(
                label=each.label,
                scopes=each.scopes,
                since=each.made_ts,
                until=each.ended_ts,
                used=uses.get(each.digest),
                holds=each.holds(now_ms),
            )
            for each in self._on.tokens.all()
        ]

    async def add_token(self, wanted: WantedToken) -> str:
        """Make a token and return it, this once; raises `Already` for a label that is taken, and `WrongValue`."""
        tokens, now_ms = self._on.tokens, self._on.on.now_ms()
        if not wanted.label:
            raise WrongValue("A token is called something.")
        if any(each.label == wanted.label and each.holds(now_ms) for each in tokens.all()):
            raise Already
        token = f"{self._on.me.number}:{make_secret()}"
        expires_ts = None if wanted.lasts_ms is None else now_ms + wanted.lasts_ms
        try:
            tokens.add(token, label=wanted.label, now_ms=now_ms, expires_ts=expires_ts, scopes=wanted.scopes)
        except TooManyTokens as error:
            raise WrongValue(str(error)) from None
        self._on.tokens_changed()
        return token

    async def revoke(self, label: str) -> bool:
        """Let nobody in any more by the tokens of this label; whether there were any."""
        revoked = self._on.tokens.revoke(label, now_ms=self._on.on.now_ms())
        if revoked:
            self._on.tokens_changed()
        return revoked


class BotDesk:
    """A bot's place at the desk. `work` tells its pages of what comes and goes."""

    def __init__(self, ground: BotGround) -> None:
        on = ground.on
        self._updates = ground.updates
        self._changes = Changes(start=on.now_ms())
        names = DeskNames(on.api, now_ms=on.now_ms)
        staff = Staff(ground.folder)
        for member in staff.members():
            if member.name:
                names.learn(member.user_id, member.name)
        self.office = BotOffice(
            id=ground.folder.name,
            user_id=on.credentials.user_id,
            homeserver=on.credentials.homeserver,
            store=on.store,
            staff=staff,
            changes=self._changes,
            names=names,
            now_ms=on.now_ms,
            program=DeskProgram(ground),
            looks=Looks(on.store, now_ms=on.now_ms),
        )

    async def work(self) -> None:
        """Tell pages of changes, until cancelled."""
        seen = self._updates.generation
        while True:
            await self._updates.wait(LOOK_EVERY_S, since=seen)
            seen = self._updates.generation
            self._changes.tell(TOPIC)
            await asyncio.sleep(CALM_S)


def _failure(failed: Delivery) -> Failure:
    return Failure(ts=failed.ts, status=failed.status, reason=_reason(failed.status, failed.answer))


def _reason(status: int, answer: str) -> str:
    # An answer may repeat what somebody said: it is shown on demand. Where there was none, the sentence is our own.
    return "" if status or answer == GIVEN_UP else answer


def _without_secrets(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
