"""Room aliases: names of rooms, who may give and take them. Spec: client-server-api#room-aliases."""

from amanat.core.errors import InvalidParam, NotFound
from amanat.core.identifiers import is_alias, is_room_id
from amanat.store.aliases import ALIAS
from amanat.store.store import Store


class Aliases:
    """Keeps the aliases of rooms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def room_id(self, room_id_or_alias: str) -> str:
        """Return the room that an id or an alias names."""
        if is_room_id(room_id_or_alias):
            return room_id_or_alias
        return await self.resolve(room_id_or_alias)

    async def resolve(self, alias: str) -> str:
        """Return the id of the room that an alias points to."""
        if not is_alias(alias):
            raise InvalidParam("That is neither a room id nor a room alias.")
        found = await self._store.first(ALIAS, alias=alias)
        if found is None:
            raise NotFound("There is no room by that alias on this server.")
        return found.room_id
