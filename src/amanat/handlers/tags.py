"""Tags on rooms, kept as the account data `m.tag`. Spec: client-server-api#room-tagging."""

from typing import Any, Final

import msgspec

from amanat.core.errors import InvalidParam, ResourceLimitExceeded
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.handlers.account_data import AccountData
from amanat.store.account_data import ACCOUNT_DATA
from amanat.store.store import Store

TAGS: Final = "m.tag"
MAX_TAGS = 100
"""Per room; people make a handful."""

Tag = dict[str, float]


class Tags:
    """Keeps the tags that a person puts on a room."""

    def __init__(self, store: Store, *, account_data: AccountData) -> None:
        self._store = store
        self._account_data = account_data

    async def list(self, requester: Requester, *, room_id: str) -> dict[str, Any]:
        """Return the tags of a room."""
        held = await self._account_data.get(requester.user_id, room_id=room_id, data_type=TAGS)
        return {} if held is None else _tags(held)

    async def put(self, requester: Requester, *, room_id: str, name: str, order: float | None) -> None:
        """Put a tag on a room, or move it to another place in the order."""
        if not name or not fits(name):
            # spec: client-server-api#room-tagging
            raise InvalidParam("A tag has 1 to 255 bytes and no U+0000.")
        if order is not None and not 0 <= order <= 1:
            raise InvalidParam("The `order` of a tag lies between 0 and 1.")
        await self._account_data.check_room(requester, room_id)
        tag: Tag = {} if order is None else {"order": order}

        def run(tx: Tx) -> None:
            tags = self._held(tx, requester, room_id) | {name: tag}
            if len(tags) > MAX_TAGS:
                raise ResourceLimitExceeded(f"A room has at most {MAX_TAGS} tags.")
            self._keep(tx, requester, room_id, tags)

        await self._store.write(run, needs=[_row(requester, room_id)])

    async def delete(self, requester: Requester, *, room_id: str, name: str) -> None:
        """Take a tag off a room; one that is not there is off already."""
        if not fits(room_id):
            raise InvalidParam("This is no room id.")

        def run(tx: Tx) -> None:
            tags = self._held(tx, requester, room_id)
            if tags.pop(name, None) is not None:
                self._keep(tx, requester, room_id, tags)

        await self._store.write(run, needs=[_row(requester, room_id)])

    def _held(self, tx: Tx, requester: Requester, room_id: str) -> dict[str, Any]:
        row = tx.get(ACCOUNT_DATA, requester.user_id, room_id, TAGS)
        return {} if row is None else _tags(row.content)

    def _keep(self, tx: Tx, requester: Requester, room_id: str, tags: dict[str, Any]) -> None:
        content = msgspec.json.encode({"tags": tags})
        self._account_data.put_in(tx, requester.user_id, room_id=room_id, data_type=TAGS, content=content)


def _row(requester: Requester, room_id: str) -> Any:
    return ACCOUNT_DATA, (requester.user_id, room_id, TAGS)


def _tags(content: bytes | msgspec.Raw) -> dict[str, Any]:
    """Clients may write `m.tag` as account data too, in any shape."""
    tags = msgspec.json.decode(content)
    tags = tags.get("tags") if isinstance(tags, dict) else None
    return {name: tag for name, tag in tags.items() if isinstance(tag, dict)} if isinstance(tags, dict) else {}
