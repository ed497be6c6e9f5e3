"""Account data: what a person keeps about themselves and their rooms. Spec: client-server-api#client-config."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Raw

from amanat.core import canonical_json
from amanat.core.errors import Forbidden, InvalidParam, ResourceLimitExceeded, SetElsewhere, TooLarge
from amanat.core.identifiers import SECURITY_TYPE, fits, is_room_id
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.notifier.local import LocalNotifier
from amanat.store.account_data import (
    ACCOUNT_DATA,
    ACCOUNT_DATA_BY_TYPE,
    ACCOUNT_DATA_CHANGED,
    ACCOUNT_DATA_COUNT,
    NO_ROOM,
    AccountDataRow,
)
from amanat.store.ignored_memory import IGNORED_USERS, ignored_in
from amanat.store.store import Store
from amanat.store.streams import USER_STREAM

MAX_TYPES = 2_000
"""Types per person and room; secret storage and m.direct use a few dozen."""
MAX_BYTES = 256 * 1024
"""One content; m.direct of a thousand chats is some 80 KB."""
MAX_IN_UNIT = 100
"""Rows deleted in one unit of work."""
END_OF_STREAM = 2**62
"""A position that no stream reaches."""
RULES = "m.push_rules"
SERVER_MADE = frozenset({"m.fully_read", RULES, SECURITY_TYPE})
"""Types with endpoints of their own, or that the server alone writes. Spec: client-server-api#server-behaviour-9."""


class AccountData:
    """Keeps account data and tells a person's other devices."""

    def __init__(self, store: Store, *, notifier: LocalNotifier) -> None:
        self._store = store
        self._notifier = notifier

    async def put(self, requester: Requester, *, room_id: str = NO_ROOM, data_type: str, content: Any) -> None:
        """Set one type; raises for the types that the server makes, and for rooms that the person never was in."""
        if data_type in SERVER_MADE:
            raise SetElsewhere(f"`{data_type}` is kept by the server itself.")
        if not data_type or not fits(data_type):
            raise InvalidParam("A type of account data has 1 to 255 bytes and no U+0000.")
        await self.check_room(requester, room_id)
        held = await self._store.first(ACCOUNT_DATA_COUNT, user_id=requester.user_id, room_id=room_id)
        is_full = held is not None and held.count >= MAX_TYPES
        if is_full and await self.get(requester.user_id, room_id=room_id, data_type=data_type) is None:
            raise ResourceLimitExceeded(f"At most {MAX_TYPES} types of account data are kept.")
        encoded = canonical_json.encode(content)
        if len(encoded) > MAX_BYTES:
            raise TooLarge(f"Account data of one type may have {MAX_BYTES} bytes.")
        await self._store.write(
            lambda tx: self.put_in(tx, requester.user_id, room_id=room_id, data_type=data_type, content=encoded)
        )

    def put_in(self, tx: Tx, user_id: str, *, room_id: str, data_type: str, content: bytes) -> None:
        """Set one type as part of another unit of work."""
        position = tx.next(USER_STREAM)
        tx.put(ACCOUNT_DATA, AccountDataRow(user_id, room_id, data_type, content, position))
        if data_type == IGNORED_USERS and room_id == NO_ROOM:
            tx.stage(self._store.ignored, user_id, ignored_in(content, of=user_id))
        tx.after_commit(lambda: self._notifier.user_changed(user_id, position))

    async def check_room(self, requester: Requester, room_id: str) -> None:
        """Refuse data about a room that the person never had to do with; that bounds what is kept."""
        if room_id == NO_ROOM:
            return
        if not is_room_id(room_id):
            raise InvalidParam("This is no room id.")
        if room_id not in (await self._store.memberships.get(requester.user_id) or {}):
            raise Forbidden("You have never been in this room, nor invited to it.")

    async def forget_all(self, user_id: str) -> None:
        """Delete everything that a person keeps: their account has ended."""
        rows = await self._store.all(ACCOUNT_DATA_CHANGED, user_id=user_id, after=0, upto=END_OF_STREAM)
        for begin in range(0, len(rows), MAX_IN_UNIT):
            await self._forget(rows[begin : begin + MAX_IN_UNIT])

    async def _forget(self, rows: Sequence[AccountDataRow]) -> None:
        def run(tx: Tx) -> None:
            for row in rows:
                tx.delete(ACCOUNT_DATA, row.user_id, row.room_id, row.type)
                if row.type == IGNORED_USERS:
                    tx.stage(self._store.ignored, row.user_id, None)

        await self._store.write(run)

    async def get(self, user_id: str, *, room_id: str = NO_ROOM, data_type: str) -> Raw | None:
        """Return the content of one type."""
        if not fits(data_type) or not fits(room_id):
            return None
        row = await self._store.first(ACCOUNT_DATA_BY_TYPE, user_id=user_id, room_id=room_id, type=data_type)
        return None if row is None else Raw(row.content)

    async def changed(self, user_id: str, *, after: int, upto: int) -> Sequence[AccountDataRow]:
        """Return what changed in (after, upto], of all rooms and of none."""
        return await self._store.all(ACCOUNT_DATA_CHANGED, user_id=user_id, after=after, upto=upto)


def as_event(row: AccountDataRow) -> Raw:
    """Return account data as sync writes it."""
    return Raw(b'{"type":' + msgspec.json.encode(row.type) + b',"content":' + row.content + b"}")
