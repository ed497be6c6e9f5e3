"""Rooms show their members' names and avatars: when somebody changes theirs, a member event says so in each room."""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

from amanat.core import canonical_json
from amanat.core.errors import MatrixError
from amanat.core.events import Draft
from amanat.db.tx import Need, Tx
from amanat.handlers.append import Appender
from amanat.handlers.people import Appearance, People, member_content
from amanat.store.rooms import MEMBERS
from amanat.store.store import Store

SPREAD: Final = "profile_spread"
"""The kind of job; its subject is whose profile has changed."""
ROOMS_PER_UNIT: Final = 20

log = structlog.get_logger()


class ProfileSpread:
    """Carries a profile into the rooms of its owner."""

    def __init__(self, store: Store, *, appender: Appender, people: People, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._appender = appender
        self._people = people
        self._now_ms = now_ms

    async def spread(self, user_id: str) -> None:
        """Make every room that somebody is joined to show them as they appear now."""
        appearance = (await self._people.of([user_id])).get(user_id)
        if appearance is None:
            return
        held = await self._store.memberships.get(user_id) or {}
        joined = [room_id for room_id, each in held.items() if each.membership == "join"]
        for start in range(0, len(joined), ROOMS_PER_UNIT):
            await self._spread_to(joined[start : start + ROOMS_PER_UNIT], user_id, appearance)

    async def _spread_to(self, room_ids: Sequence[str], user_id: str, appearance: Appearance) -> None:
        content = member_content("join", appearance)

        def run(tx: Tx) -> None:
            for room_id in room_ids:
                self._show(tx, self._draft(room_id, user_id, content))

        needs: list[Need] = [(self._store.memberships, user_id)]
        for room_id in room_ids:
            needs += self._appender.needs(room_id, members={user_id})
        await self._store.write(run, needs=needs)

    def _show(self, tx: Tx, draft: Draft) -> None:
        held = tx.get(MEMBERS, draft.room_id, draft.sender)
        if held is None or held.membership != "join" or held.content == canonical_json.encode(draft.content):
            return
        try:
            self._appender.append(tx, draft)
        except MatrixError as refusal:
            # One room's rules must not keep the others from showing it.
            log.info("profile_not_shown", room_id=draft.room_id, errcode=refusal.errcode)

    def _draft(self, room_id: str, user_id: str, content: dict[str, object]) -> Draft:
        return Draft(
            room_id=room_id,
            type="m.room.member",
            sender=user_id,
            content=content,
            origin_server_ts=self._now_ms(),
            state_key=user_id,
        )
