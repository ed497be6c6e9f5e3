"""Bans and silences that end at their time: noted before they begin, and undone if they are still what they were.

Whatever somebody else did meanwhile stays: another ban, or a level that is not the one that the bot gave.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import structlog

from amanat.gateway.bots.dues import DueKind, DueRow
from amanat.gateway.bots.ground import Ground
from amanat.gateway.bots.groups.group_model import NotAllowed
from amanat.gateway.bots.groups.group_state import LEVELS, GroupState, with_level
from amanat.gateway.bots.groups.rights import Status

_OF_STATUS: Final[dict[Status, DueKind]] = {"kicked": "unban", "restricted": "unmute"}
"""What ends it."""

log = structlog.get_logger()


class TimeLimits:
    """Of one bot's groups."""

    def __init__(self, on: Ground) -> None:
        self._on = on

    async def until_ts(self, room_id: str, user_id: str, *, state: GroupState) -> int:
        """Return when somebody's ban or silence ends; 0 where nothing here ends it."""
        kind = _OF_STATUS.get(state.status(user_id))
        row = await self._on.dues.of(kind, room_id, user_id=user_id) if kind else None
        return row.until_ts if row is not None and self._stands(row, state) else 0

    async def former_level(self, room_id: str, user_id: str, *, state: GroupState) -> str:
        """Return which level of their own somebody gets back; empty for everybody's.

        Who is silent already for a time gets back what they had before that; who is for ever, everybody's.
        """
        silence = await self._on.dues.of("unmute", room_id, user_id=user_id)
        if silence is not None and self._stands(silence, state):
            return silence.former
        level = state.level_of_their_own(user_id)
        return "" if level is None or level <= state.rank_level("silent") else str(level)

    async def begin(self, limit: DueRow, act: Callable[[], Awaitable[None]]) -> None:
        """Do what is to end at its time, or never (`until_ts` of 0).

        Its end is on disk before it begins: whatever is killed in between, nobody stays out longer than was said.
        """
        dues = self._on.dues
        before = await dues.of(_kind(limit), limit.room_id, user_id=limit.user_id)
        if limit.until_ts:
            await dues.keep(limit)
        try:
            await act()
        except NotAllowed:
            if limit.until_ts:
                await dues.drop(limit)
                if before is not None:
                    await dues.keep(before)
            raise
        if before is not None and not limit.until_ts:
            await dues.drop(before)

    async def undo(self, row: DueRow) -> None:
        """End a ban or a silence; raises `NotNow`."""
        on = self._on
        try:
            state = await on.device.group_state(row.room_id)
            if not self._stands(row, state):
                return
            if row.kind == "unban":
                await on.device.act_on(row.room_id, "unban", user_id=row.user_id)
            else:
                level = int(row.former) if row.former else None
                levels = with_level(state.content(LEVELS), row.user_id, level=level)
                await on.device.set_state(row.room_id, LEVELS, content=levels)
        except NotAllowed:
            # The bot has lost its power: those who have it decide.
            log.info("time_limit_dropped", room_id=row.room_id, kind=row.kind)

    def _stands(self, row: DueRow, state: GroupState) -> bool:
        if row.kind == "unmute":
            return str(state.level_of_their_own(row.user_id)) == row.seen
        if state.membership(row.user_id) != "ban":
            return False
        stamp = state.membership_stamp(row.user_id)
        return stamp.event_id == row.seen if row.seen else stamp.sender == self._on.user_id


def _kind(row: DueRow) -> DueKind:
    return "unban" if row.kind == "unban" else "unmute"
