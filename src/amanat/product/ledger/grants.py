"""Grants: which partner, or which bot's account, a person allows which scopes.

What is taken back is refused from the next read on.
"""

from collections.abc import Callable, Sequence

from amanat.core import scopes as known_scopes
from amanat.core.errors import Forbidden, InvalidParam, NotFound
from amanat.core.identifiers import fits
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.product.ledger import readers
from amanat.product.ledger.tables import GRANTS, GRANTS_BY, GRANTS_OF, GrantRow
from amanat.store.store import Store


class Grants:
    """What people allow partners and bots."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def of(self, requester: Requester) -> Sequence[GrantRow]:
        """Return what a person allows."""
        return await self._store.all(GRANTS_OF, user_id=requester.user_id)

    async def allowing(self, reader_id: str, *, scope: str, people: Sequence[str]) -> list[str]:
        """Return who of some people allows a reader a scope: what it would learn by reading, but without reading."""
        if not people:
            return []
        asked = {"partner_id": reader_id, "scope": scope, "user_ids": list(people)}
        return [row.user_id for row in await self._store.all(GRANTS_BY, **asked)]

    async def allow(self, requester: Requester, partner_id: str, *, scopes: Sequence[str]) -> None:
        """Allow a partner exactly these scopes, for which it must have been admitted; an account by its user id."""
        user_id, now = requester.user_id, self._now_ms()
        wanted = known_scopes.check(scopes, offered=readers.offered_to(partner_id))
        if partner_id == user_id or not fits(partner_id):
            raise InvalidParam("Allow it to a partner, or to an account that is not your own.")

        def run(tx: Tx) -> None:
            reader = readers.reader_in(tx, partner_id, now_ms=now)
            if reader is None:
                raise NotFound("There is no such partner, or no longer.")
            beyond = set(wanted) - set(reader.scopes)
            if beyond:
                raise Forbidden(f"This partner was not admitted for {', '.join(sorted(beyond))}.")
            held = {row.scope for row in tx.scan(GRANTS, user_id, partner_id)}
            for scope in held - set(wanted):
                tx.delete(GRANTS, user_id, partner_id, scope)
            for scope in set(wanted) - held:
                tx.put(GRANTS, GrantRow(user_id, partner_id, scope, now))

        await self._store.write(run, needs=[readers.need_of(partner_id), (GRANTS, (user_id, partner_id))])

    async def take_back(self, requester: Requester, partner_id: str, *, scope: str | None = None) -> None:
        """Allow a partner nothing any more, or no longer this scope; raises NotFound where nothing was allowed."""
        user_id = requester.user_id

        def run(tx: Tx) -> None:
            held = [row for row in tx.scan(GRANTS, user_id, partner_id) if scope in (None, row.scope)]
            if not held:
                raise NotFound("You allow this partner nothing of the kind.")
            for row in held:
                tx.delete(GRANTS, user_id, partner_id, row.scope)

        await self._store.write(run, needs=[(GRANTS, (user_id, partner_id))])
