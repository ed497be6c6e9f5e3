"""The pages of accounts put together: what they share, and the routes of each."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.handlers.account_deactivation import Deactivation
from amanat.handlers.accounts import Accounts
from amanat.handlers.device_management import Devices
from amanat.handlers.login import PasswordLogin
from amanat.handlers.people import People
from amanat.handlers.profile import Profiles
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.product.accounts.credentials.credentials import Credentials
from amanat.product.accounts.pages import (
    browser_list,
    deactivation,
    devices,
    number,
    passkey_list,
    pin,
    profile,
    recovery,
)
from amanat.product.accounts.pages.browser_sessions import BrowserSessions
from amanat.product.accounts.pages.chrome import Chrome
from amanat.product.accounts.pages.code_asking import CodeAsking
from amanat.product.accounts.pages.find_by_number import FindByNumberRoutes, Finding
from amanat.product.accounts.pages.findable import Findable
from amanat.product.accounts.pages.home import ACTIONS, HomeRoutes
from amanat.product.accounts.pages.number_holders import NumberHolders
from amanat.product.accounts.pages.places import Place
from amanat.product.accounts.pages.seals import Seals
from amanat.product.accounts.pages.sign_in import SignInRoutes
from amanat.product.accounts.pages.sign_in_passkey import PasskeySignInRoutes
from amanat.product.accounts.pages.sign_in_password import PasswordSignInRoutes
from amanat.product.accounts.pages.sign_in_pin import PinSignInRoutes
from amanat.product.accounts.pages.sign_in_recovery import RecoverySignInRoutes
from amanat.product.accounts.pages.sign_up import SignUpRoutes
from amanat.product.accounts.pages.sign_ups import SignUps
from amanat.product.accounts.pages.visits import Visits
from amanat.product.accounts.pages.ways import Ways
from amanat.product.accounts.phone.codes import SIGN_IN
from amanat.product.accounts.phone.feature import PhoneFeature
from amanat.store.store import Store

CHANGE_NUMBER: Final = "change-number"
"""The purpose of a code that gives an account another number: none that signs anybody in."""

_PLACES: Final = (
    Place(path=profile.PATH, title="profile.title", about="profile.about"),
    Place(path=devices.PATH, title="devices.title", about="devices.short"),
    Place(path=number.PATH, title="number.title", about="number.short"),
    Place(path=pin.PATH, title="pin.choose", about="pin.short"),
    Place(path=passkey_list.PATH, title="passkeys.title", about="passkeys.short"),
    Place(path=recovery.PATH, title="recovery.title", about="recovery.short"),
    Place(path=browser_list.PATH, title="browsers.title", about="browsers.short"),
    Place(path=deactivation.PATH, title="deactivate.title", about="deactivate.short"),
)


class Ground(Struct, frozen=True, kw_only=True):
    """What the pages stand on. `secret` returns the server's secret once the data is open."""

    store: Store
    server_name: str
    public_url: str
    secret: Callable[[], bytes]
    now_ms: Callable[[], int]


class Behind(Struct, frozen=True, kw_only=True):
    """Who does what the pages show.

    Without `password_login` nobody signs in with a password. With `tokens`, whoever signs up without a number brings
    one. `number_optional`: somebody may sign up without a number at all. `countries` are those of numbers.
    """

    accounts: Accounts
    profiles: Profiles
    devices: Devices
    deactivation: Deactivation
    phone: PhoneFeature
    credentials: Credentials
    password_login: PasswordLogin | None
    tokens: RegistrationTokens | None
    number_optional: bool
    countries: Sequence[str]


class AccountPages:
    """All pages of accounts. `visits` and `chrome` serve other features' pages too; they add to `places`, `actions`."""

    def __init__(self, ground: Ground, behind: Behind) -> None:
        secret, now_ms = ground.secret, ground.now_ms
        self.places: list[Place] = list(_PLACES)
        self.actions: dict[str, str] = dict(ACTIONS)
        self.sessions = BrowserSessions(ground.store, secret=secret, public_url=ground.public_url, now_ms=now_ms)
        self.chrome = Chrome(server_name=ground.server_name, secure=urlsplit(ground.public_url).scheme == "https")
        self.visits = Visits(
            self.chrome, sessions=self.sessions, seals=Seals(secret=secret, now_ms=now_ms), now_ms=now_ms
        )
        self.findable = Findable(ground.store)
        self.devices = devices.DevicesRoutes(self.visits, devices=behind.devices, now_ms=now_ms)
        self.routes: list[object] = [
            self.chrome,
            HomeRoutes(self.visits, accounts=behind.accounts, places=self.places, actions=self.actions),
            self.devices,
            *self._signing_in(ground, behind),
            *self._own(ground, behind),
        ]
        self.clears: list[Callable[[str], Awaitable[None]]] = [self.sessions.forget, self.findable.forget]

    def _signing_in(self, ground: Ground, behind: Behind) -> list[object]:
        """Return the pages for who is not signed in."""
        visits, phone, credentials = self.visits, behind.phone, behind.credentials
        ways = Ways(
            by_number=phone.codes.available,
            by_password=behind.password_login is not None,
            without_number=behind.number_optional,
        )
        holders = NumberHolders(
            phone.phones, accounts=behind.accounts, pins=credentials.pins, notices=credentials.notices
        )
        sign_ups = SignUps(
            ground.store,
            accounts=behind.accounts,
            phones=phone.phones,
            notices=credentials.notices,
            tokens=behind.tokens,
        )
        rehearsed = phone.inbox is not None
        asking = CodeAsking(phone.codes, work=phone.work, purpose=SIGN_IN, rehearsed=rehearsed)
        routes: list[object] = [
            SignInRoutes(visits, asking=asking, holders=holders, ways=ways),
            PinSignInRoutes(visits, holders=holders),
            SignUpRoutes(visits, sign_ups=sign_ups, holders=holders, ways=ways),
            PasskeySignInRoutes(visits, passkeys=credentials.passkeys, sign_ups=sign_ups, ways=ways),
            RecoverySignInRoutes(visits, recovery_keys=credentials.recovery_keys, ways=ways),
        ]
        if behind.password_login is not None:
            routes.append(PasswordSignInRoutes(visits, password_login=behind.password_login, ways=ways))
        return routes

    def _own(self, ground: Ground, behind: Behind) -> list[object]:
        """Return the pages of one's own account."""
        visits, phone, credentials = self.visits, behind.phone, behind.credentials
        finding = Finding(
            phones=phone.phones,
            findable=self.findable,
            accounts=behind.accounts,
            people=People(ground.store),
            countries=behind.countries,
        )
        return [
            FindByNumberRoutes(finding),
            profile.ProfileRoutes(visits, profiles=behind.profiles),
            browser_list.BrowserListRoutes(visits),
            deactivation.DeactivationRoutes(visits, deactivation=behind.deactivation),
            pin.PinRoutes(visits, pins=credentials.pins),
            passkey_list.PasskeyListRoutes(visits, passkeys=credentials.passkeys),
            recovery.RecoveryRoutes(
                visits, recovery_keys=credentials.recovery_keys, emails=credentials.recovery_emails
            ),
            number.NumberRoutes(
                visits,
                asking=CodeAsking(
                    phone.codes, work=phone.work, purpose=CHANGE_NUMBER, rehearsed=phone.inbox is not None
                ),
                numbers=number.NumberChanges(ground.store, phones=phone.phones, notices=credentials.notices),
                findable=self.findable,
            ),
        ]
