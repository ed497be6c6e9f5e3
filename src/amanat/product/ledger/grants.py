"""Grants: which partner a person allows which scopes. What is taken back is refused from the next read on."""

from collections.abc import Callable, Sequence

from amanat.core import scopes as known_scopes
from amanat.core.errors import Forbidden, NotFound
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.product.ledger.partners import is_active
from amanat.product.ledger.tables import GRANTS, GRANTS_OF, PARTNERS, GrantRow
from amanat.store.store import Store


class Grants:
    """What people allow partners."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def of(self, requester: Requester) -> Sequence[GrantRow]:
        """Return what a person allows."""
        return await self._store.all(GRANTS_OF, user_id=requester.user_id)

    async def allow(self, requester: Requester, partner_id: str, *, scopes: Sequence[str]) -> None:
        """Allow a partner exactly these scopes; it must have been admitted for them."""
        user_id, wanted, now = requester.user_id, known_scopes.check(scopes), self._now_ms()

        def run(tx: Tx) -> None:
            partner = tx.get(PARTNERS, partner_id)
            if partner is None or not is_active(partner, now):
                raise NotFound("There is no such partner, or no longer.")
            beyond = set(wanted) - set(partner.scopes.split())
            if beyond:
                raise Forbidden(f"This partner was not admitted for {', '.join(sorted(beyond))}.")
            held = {row.scope for row in tx.scan(GRANTS, user_id, partner_id)}
            for scope in held - set(wanted):
                tx.delete(GRANTS, user_id, partner_id, scope)
            for scope in set(wanted) - held:
                tx.put(GRANTS, GrantRow(user_id, partner_id, scope, now))

        await self._store.write(run, needs=[(PARTNERS, (partner_id,)), (GRANTS, (user_id, partner_id))])

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
