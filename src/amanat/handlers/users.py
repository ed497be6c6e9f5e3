"""The user directory: people in one's own rooms, and whoever has exactly the handle that was typed.

Spec: client-server-api#user-directory. DESIGN, section 5.
"""

from collections.abc import Sequence
from typing import Final, Protocol

from msgspec import Struct

from amanat.core.identifiers import localpart_of, server_of
from amanat.core.profile import search_name
from amanat.core.requester import Requester
from amanat.handlers.accounts import Accounts
from amanat.handlers.people import Appearance, People
from amanat.store.accounts import UserRow
from amanat.store.profile import PEERS_CALLED
from amanat.store.store import Store

MAX_FOUND: Final = 50


class Person(Struct, frozen=True):
    """Somebody who was found."""

    user_id: str
    appearance: Appearance


class Suggests(Protocol):
    """Somebody who knows people that want to be found by those with whom they share no room."""

    async def find(self, user_id: str, wanted: str, *, limit: int) -> Sequence[UserRow]:
        """Return people for whoever typed `wanted`, which is casefolded."""
        ...


class UserDirectory:
    """Finds people. `suggestions` are found last."""

    def __init__(self, store: Store, *, accounts: Accounts, people: People, server_name: str) -> None:
        self._store = store
        self._accounts = accounts
        self._people = people
        self._server_name = server_name
        self.suggestions: list[Suggests] = []

    async def search(self, requester: Requester, *, term: str, limit: int) -> tuple[Sequence[Person], bool]:
        """Return the people found, whoever was named exactly first, and whether there are more."""
        limit = min(limit, MAX_FOUND)
        wanted = search_name(term.strip())
        if not wanted:
            return [], False
        named = await self._by_handle(wanted)
        users = [] if named is None or named.user_id == requester.user_id else [named]
        peers = await self._store.all(
            PEERS_CALLED, user_id=requester.user_id, pattern=_containing(wanted), max_rows=limit + 1
        )
        users += [peer for peer in peers if peer not in users]
        for suggests in self.suggestions:
            suggested = await suggests.find(requester.user_id, wanted, limit=limit + 1)
            users += [user for user in suggested if user not in users]
        return await self._persons(users[:limit]), len(users) > limit

    async def _by_handle(self, wanted: str) -> UserRow | None:
        """Return who has the handle `ani`, also where it is typed as `@ani` or `@ani:server`."""
        if wanted.startswith("@"):
            if server_of(wanted) not in ("", self._server_name.casefold()):
                return None
            wanted = localpart_of(wanted)
        return await self._accounts.by_handle(wanted)

    async def _persons(self, users: Sequence[UserRow]) -> Sequence[Person]:
        appearances = await self._people.of([user.user_id for user in users])
        return [Person(user.user_id, appearances.get(user.user_id, Appearance())) for user in users]


def _containing(wanted: str) -> str:
    for special in ("!", "%", "_"):
        wanted = wanted.replace(special, f"!{special}")
    return f"%{wanted}%"
