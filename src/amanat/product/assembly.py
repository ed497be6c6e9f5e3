"""The features about people's own data put together: who reads it, what they agree to, how it is taken along and ends.

Features do not know each other; what one gives another goes through here.
"""

from collections.abc import Awaitable, Callable

from amanat.product.consent.choices import Choices
from amanat.product.consent.policies import Policies
from amanat.product.consent.routes import PolicyRoutes
from amanat.product.consent.suggestions import Suggestions
from amanat.product.ledger.facts import OF_ACCOUNTS
from amanat.product.ledger.grants import Grants
from amanat.product.ledger.ledger import Ledger
from amanat.product.ledger.partner_api import PartnerRoutes
from amanat.product.ledger.partners import Partners
from amanat.product.ledger.roots import Roots
from amanat.product.ledger.routes import LedgerRoutes
from amanat.store.store import Store


class OwnData:
    """What people own. `routes` and `chores` are the application's; who knows more of people adds to `ledger.facts`."""

    def __init__(self, store: Store, *, policies_folder: str | None, now_ms: Callable[[], int]) -> None:
        self.policies = Policies(store, folder=policies_folder, now_ms=now_ms)
        self.suggestions = Suggestions(store, policies=self.policies)
        self.partners = Partners(store, now_ms=now_ms)
        self.grants = Grants(store, now_ms=now_ms)
        self.ledger = Ledger(store, facts=OF_ACCOUNTS, now_ms=now_ms)
        self.roots = Roots(store, now_ms=now_ms)
        self.routes: list[object] = [
            LedgerRoutes(self.ledger, grants=self.grants, partners=self.partners, roots=self.roots),
            PartnerRoutes(self.ledger, partners=self.partners),
            PolicyRoutes(self.policies, choices=Choices(store, now_ms=now_ms)),
        ]
        self.chores: list[Callable[[], Awaitable[object]]] = [self.roots.close_days, self.ledger.sweep]
