"""The features about people's own data put together: who reads it, what they agree to, how it is taken along and ends.

Features do not know each other; what one gives another goes through here.
"""

from collections.abc import Awaitable, Callable
from typing import Final

from msgspec import Struct

from amanat.handlers.blob_intake import BlobIntake
from amanat.handlers.disclosure import Fact
from amanat.handlers.interactive_auth import InteractiveAuth
from amanat.handlers.jobs import Jobs
from amanat.product.accounts.credentials.recovery_emails import RecoveryEmails
from amanat.product.accounts.pages.places import Place
from amanat.product.accounts.pages.visits import Visits
from amanat.product.accounts.phone.phones import Phones
from amanat.product.consent import pages as policy_pages
from amanat.product.consent.choices import Choices
from amanat.product.consent.policies import Policies
from amanat.product.consent.routes import PolicyRoutes
from amanat.product.consent.suggestions import Suggestions
from amanat.product.holdings import HOLDINGS
from amanat.product.ledger import pages as ledger_pages
from amanat.product.ledger.account_api import AccountReads
from amanat.product.ledger.facts import OF_ACCOUNTS
from amanat.product.ledger.grants import Grants
from amanat.product.ledger.ledger import Ledger
from amanat.product.ledger.partner_api import PartnerRoutes
from amanat.product.ledger.partners import Partners
from amanat.product.ledger.roots import Roots
from amanat.product.ledger.routes import LedgerRoutes
from amanat.product.rights import pages as data_pages
from amanat.product.rights.affected import Breaches
from amanat.product.rights.copies import Copies
from amanat.product.rights.erasure import Erasure
from amanat.product.rights.exports import Exports
from amanat.product.rights.routes import ExportRoutes
from amanat.store.store import Store

_PAGED: Final = ("amanat.product.consent", "amanat.product.ledger", "amanat.product.rights")
"""The features whose pages have templates and words."""

_PLACES: Final = (
    Place(path=policy_pages.PATH, title="policies.title", about="policies.short"),
    Place(path=ledger_pages.PATH, title="readers.title", about="readers.short"),
    Place(path=data_pages.PATH, title="data.title", about="data.short"),
    Place(path=data_pages.COPY, title="data.copy_title", about="data.copy_short"),
)


class OwnDataGround(Struct, frozen=True, kw_only=True):
    """What these features stand on."""

    store: Store
    intake: BlobIntake
    jobs: Jobs
    phones: Phones
    recovery_emails: RecoveryEmails
    interactive_auth: InteractiveAuth
    visits: Visits
    policies_folder: str | None
    now_ms: Callable[[], int]


class OwnData:
    """What people own. `routes` and `chores` are the application's, `places` the account page's."""

    places: Final = _PLACES

    def __init__(self, ground: OwnDataGround) -> None:
        store, phones, now_ms = ground.store, ground.phones, ground.now_ms
        self.policies = Policies(store, folder=ground.policies_folder, now_ms=now_ms)
        self.suggestions = Suggestions(store, policies=self.policies)
        self.partners = Partners(store, now_ms=now_ms)
        self.grants = Grants(store, now_ms=now_ms)
        facts = {
            **OF_ACCOUNTS,
            "phone": Fact(needs=phones.needs, read=phones.number_in),
            "phone_masked": Fact(needs=phones.needs, read=phones.masked_in),
        }
        self.ledger = Ledger(store, facts=facts, now_ms=now_ms)
        self.roots = Roots(store, now_ms=now_ms)
        extras = {"phone_number": phones.number, "recovery_email": ground.recovery_emails.address}
        self.copies = Copies(store, holdings=HOLDINGS, extras=extras)
        self.exports = Exports(store, copies=self.copies, intake=ground.intake, jobs=ground.jobs, now_ms=now_ms)
        self.erasure = Erasure(store, holdings=HOLDINGS, exports=self.exports)
        self.breaches = Breaches(store, holdings=HOLDINGS, read_by=self.ledger.read_by)
        self.choices = Choices(store, now_ms=now_ms)
        self.routes: list[object] = [
            LedgerRoutes(self.ledger, grants=self.grants, partners=self.partners, roots=self.roots),
            PartnerRoutes(self.ledger, partners=self.partners),
            AccountReads(self.ledger, self.grants),
            PolicyRoutes(self.policies, choices=self.choices),
            ExportRoutes(self.exports, interactive_auth=ground.interactive_auth),
            *self._pages(ground.visits),
        ]
        self.chores: list[Callable[[], Awaitable[object]]] = [
            self.roots.close_days,
            self.ledger.sweep,
            self.exports.sweep,
        ]

    def _pages(self, visits: Visits) -> list[object]:
        """Return what people see of all this with a browser."""
        visits.chrome.packages.extend(_PAGED)
        return [
            policy_pages.PolicyPages(visits, policies=self.policies, choices=self.choices),
            ledger_pages.LedgerPages(visits, ledger=self.ledger, grants=self.grants),
            data_pages.DataPages(visits, exports=self.exports, holdings=HOLDINGS),
        ]
