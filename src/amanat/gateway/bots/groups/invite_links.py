"""The links that a bot makes into its groups: each has a random token, which whoever comes by it says as they ask.

A room has one rule for all who ask to join, so that links are told apart by what is said with the request.
"""

import re
import secrets
from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from amanat.db.tx import Tx
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.group_model import NotAllowed
from amanat.gateway.bots.groups.link_model import InviteLink, LinkWish, NoSuchLink, TooManyLinks
from amanat.gateway.bots.model import Chat
from amanat.gateway.bots.tables import LINKS, LINKS_OF, LinkRow

MOST: Final = 1_000
"""Of one group."""
JOIN_RULES: Final = "m.room.join_rules"
KNOCK: Final = "knock"

_SAID: Final = "link="
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}", re.ASCII)


class InviteLinks:
    """Of one bot's groups. Each act raises `NotAllowed` without the power to let people in and to turn them away."""

    def __init__(self, on: Ground, *, mint: Callable[[], str] = lambda: secrets.token_urlsafe(16)) -> None:
        self._on = on
        self._mint = mint

    async def make(self, chat: Chat, wish: LinkWish, *, is_primary: bool = False) -> InviteLink:
        """Make a link; a primary one in place of that before it. Raises `TooManyLinks`."""
        async with self._on.dues.alone(chat.room_id):
            state = await self._empowered(chat)
            rows = await self._rows(chat)
            if len(rows) >= MOST:
                raise TooManyLinks
            opens = not state
            made = _row(self._mint(), chat.room_id, wish=wish, made_ts=self._on.now_ms())
            made = replace(made, is_primary=int(is_primary), opened=int(opens))
            before = [row for row in rows if is_primary and row.is_primary and not row.revoked_ts]
            await self._write(made)
            if opens:
                await self._set_rule(chat, KNOCK, else_drop=made)
            for row in before:
                await self._write(replace(row, revoked_ts=self._on.now_ms()))
            return await self._told(made)

    async def change(self, chat: Chat, url: str, *, wish: LinkWish) -> InviteLink:
        """Change a link that holds; raises `NoSuchLink`."""
        async with self._on.dues.alone(chat.room_id):
            await self._empowered(chat)
            row = await self._living(chat, url)
            changed = _row(row.token, row.room_id, wish=wish, made_ts=row.made_ts)
            changed = replace(changed, is_primary=row.is_primary, opened=row.opened)
            await self._write(changed)
            return await self._told(changed)

    async def revoke(self, chat: Chat, url: str) -> InviteLink:
        """Let nobody come by a link any more; raises `NoSuchLink`. Behind the last one nobody can ask to join."""
        async with self._on.dues.alone(chat.room_id):
            await self._empowered(chat)
            if url == await self._on.device.join_link(chat.room_id):
                # The group's own, without a token: whoever closes it closes all.
                await self._on.device.set_state(chat.room_id, JOIN_RULES, content={"join_rule": "invite"})
                return InviteLink(url=url, wish=LinkWish(by_request=True), is_primary=True, is_revoked=True)
            row = await self._living(chat, url)
            revoked = replace(row, revoked_ts=self._on.now_ms())
            await self._write(revoked)
            rows = await self._rows(chat)
            if any(each.opened for each in rows) and not any(holds(each, self._on.now_ms()) for each in rows):
                await self._set_rule(chat, "invite", else_drop=None)
            return await self._told(revoked)

    async def _empowered(self, chat: Chat) -> bool:
        """Return whether people may ask to join by now."""
        state = await self._on.device.group_state(chat.room_id)
        rights = state.rights(self._on.user_id)
        if not (rights.invite and rights.put_out):
            raise NotAllowed
        return state.text(JOIN_RULES, "join_rule") == KNOCK

    async def _set_rule(self, chat: Chat, rule: str, *, else_drop: LinkRow | None) -> None:
        try:
            await self._on.device.set_state(chat.room_id, JOIN_RULES, content={"join_rule": rule})
        except NotAllowed:
            if else_drop is None:
                return  # the link does not hold, whoever may ask
            await self._on.store.write(lambda tx: tx.delete(LINKS, else_drop.token))
            raise

    async def _living(self, chat: Chat, url: str) -> LinkRow:
        token = token_in(url.rpartition("?")[2])
        found = [row for row in await self._rows(chat) if row.token == token and not row.revoked_ts]
        if not found:
            raise NoSuchLink
        return found[0]

    async def _rows(self, chat: Chat) -> list[LinkRow]:
        return await self._on.store.all(LINKS_OF, room_id=chat.room_id)

    async def _write(self, row: LinkRow) -> None:
        def put(tx: Tx) -> None:
            tx.put(LINKS, row)

        await self._on.store.write(put)

    async def _told(self, row: LinkRow) -> InviteLink:
        return link_of(row, group_url=await self._on.device.join_link(row.room_id))


def token_in(said: object) -> str | None:
    """Return the token in what somebody says with their request, or behind an address; None where there is none."""
    if not isinstance(said, str) or not said.startswith(_SAID):
        return None
    token = said.removeprefix(_SAID)
    return token if _TOKEN.fullmatch(token) else None


def holds(row: LinkRow, now_ms: int) -> bool:
    """Whether people may still come by a link, were there room."""
    return not row.revoked_ts and (not row.expire_ts or now_ms < row.expire_ts)


def link_of(row: LinkRow, *, group_url: str) -> InviteLink:
    """Return the link a row is of."""
    wish = LinkWish(
        name=row.name, expire_ts=row.expire_ts, member_limit=row.member_limit, by_request=bool(row.by_request)
    )
    url = f"{group_url}?{_SAID}{row.token}"
    return InviteLink(url=url, wish=wish, is_primary=bool(row.is_primary), is_revoked=bool(row.revoked_ts))


def _row(token: str, room_id: str, *, wish: LinkWish, made_ts: int) -> LinkRow:
    return LinkRow(
        token=token,
        room_id=room_id,
        name=wish.name,
        made_ts=made_ts,
        expire_ts=wish.expire_ts,
        member_limit=wish.member_limit,
        by_request=int(wish.by_request),
    )
