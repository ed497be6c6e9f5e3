"""The pages of accounts put together: what they share, and the routes of each."""

from collections.abc import Callable
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.handlers.accounts import Accounts
from amanat.handlers.login import PasswordLogin
from amanat.product.accounts.pages.browser_sessions import BrowserSessions
from amanat.product.accounts.pages.chrome import Chrome
from amanat.product.accounts.pages.home import HomeRoutes
from amanat.product.accounts.pages.places import Place
from amanat.product.accounts.pages.seals import Seals
from amanat.product.accounts.pages.sign_in import SignInRoutes
from amanat.product.accounts.pages.sign_in_password import PasswordSignInRoutes
from amanat.product.accounts.pages.visits import Visits
from amanat.store.store import Store


class Ground(Struct, frozen=True, kw_only=True):
    """What the pages stand on. `secret` returns the server's secret once the data is open."""

    store: Store
    server_name: str
    public_url: str
    secret: Callable[[], bytes]
    now_ms: Callable[[], int]


class AccountPages:
    """All pages of accounts. `visits` and `chrome` serve other features' pages too; they add to `places`."""

    def __init__(self, ground: Ground, *, accounts: Accounts, password_login: PasswordLogin) -> None:
        secret, now_ms = ground.secret, ground.now_ms
        self.places: list[Place] = []
        self.sessions = BrowserSessions(ground.store, secret=secret, public_url=ground.public_url, now_ms=now_ms)
        self.chrome = Chrome(server_name=ground.server_name, secure=urlsplit(ground.public_url).scheme == "https")
        self.visits = Visits(
            self.chrome, sessions=self.sessions, seals=Seals(secret=secret, now_ms=now_ms), now_ms=now_ms
        )
        self.routes: list[object] = [
            self.chrome,
            HomeRoutes(self.visits, accounts=accounts, places=self.places),
            SignInRoutes(self.visits),
            PasswordSignInRoutes(self.visits, password_login=password_login),
        ]
