"""Whom people ignore, in memory: what every look at a room's timeline asks. Spec: client-server-api#ignoring-users."""

from typing import Final

import msgspec

from amanat.db.memory import Memory
from amanat.db.query import Reader
from amanat.store.account_data import ACCOUNT_DATA_BY_TYPE, NO_ROOM

IGNORED_USERS: Final = "m.ignored_user_list"
MAX_BYTES = 16 * 1024 * 1024
"""80,000 people who ignore nobody, as nearly all do, sharing one empty set."""
_PERSON_BYTES = 200
_IGNORED_BYTES = 150
MAX_IGNORED = 10_000
"""People that one person can ignore; what stands behind them in the list is passed over."""

_NOBODY: frozenset[str] = frozenset()


def ignored_in(content: bytes, *, of: str) -> frozenset[str]:
    """Read somebody's ignored user list without trusting its shape; nobody ignores themselves."""
    listed = msgspec.json.decode(content)
    people = listed.get("ignored_users") if type(listed) is dict else None
    if type(people) is not dict or not people:
        return _NOBODY
    return frozenset(list(people)[:MAX_IGNORED]) - {of}


def ignored(reader: Reader) -> Memory[str, frozenset[str]]:
    """Make the memory of whom people ignore."""

    async def load(user_id: str) -> frozenset[str]:
        row = await reader.first(ACCOUNT_DATA_BY_TYPE, user_id=user_id, room_id=NO_ROOM, type=IGNORED_USERS)
        return _NOBODY if row is None else ignored_in(row.content, of=user_id)

    return Memory(
        "ignored", load, size=lambda people: _PERSON_BYTES + _IGNORED_BYTES * len(people), max_bytes=MAX_BYTES
    )
