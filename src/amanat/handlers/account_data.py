"""Account data: what a person keeps about themselves and their rooms. Spec: client-server-api#client-config."""

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Raw

from amanat.core import canonical_json
from amanat.core.errors import MethodNotAllowed, ResourceLimitExceeded, TooLarge
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
from amanat.store.store import Store
from amanat.store.streams import USER_STREAM

MAX_TYPES = 2_000
"""Types per person and room; secret storage and m.direct use a few dozen."""
MAX_BYTES = 256 * 1024
"""One content; m.direct of a thousand chats is some 80 KB."""
SERVER_MADE = frozenset({"m.fully_read", "m.push_rules"})
"""Types that have endpoints of their own. Spec: client-server-api#server-behaviour-9."""
RULES = "m.push_rules"


class AccountData:
    """Keeps account data and tells a person's other devices."""

    def __init__(self, store: Store, *, notifier: LocalNotifier) -> None:
        self._store = store
        self._notifier = notifier

    async def put(self, requester: Requester, *, room_id: str = NO_ROOM, data_type: str, content: Any) -> None:
        """Set one type; raises for the types that the server makes."""
        if data_type in SERVER_MADE:
            raise MethodNotAllowed(f"`{data_type}` has an endpoint of its own.")
        held = await self._store.first(ACCOUNT_DATA_COUNT, user_id=requester.user_id, room_id=room_id)
        if held is not None and held.count >= MAX_TYPES:
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
        tx.after_commit(lambda: self._notifier.user_changed(user_id, position))

    async def get(self, user_id: str, *, room_id: str = NO_ROOM, data_type: str) -> Raw | None:
        """Return the content of one type."""
        row = await self._store.first(ACCOUNT_DATA_BY_TYPE, user_id=user_id, room_id=room_id, type=data_type)
        return None if row is None else Raw(row.content)

    async def changed(self, user_id: str, *, after: int, upto: int) -> Sequence[AccountDataRow]:
        """Return what changed in (after, upto], of all rooms and of none."""
        return await self._store.all(ACCOUNT_DATA_CHANGED, user_id=user_id, after=after, upto=upto)


def as_event(row: AccountDataRow) -> Raw:
    """Return account data as sync writes it."""
    return Raw(b'{"type":' + msgspec.json.encode(row.type) + b',"content":' + row.content + b"}")
