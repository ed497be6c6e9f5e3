"""The OAuth 2.0 API put together, with its pages and the older ways in that lead over them."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from amanat.edge.rate_limit import RateLimiter
from amanat.handlers.accounts import Accounts
from amanat.handlers.device_management import Devices
from amanat.handlers.interactive_auth import OAUTH, OAUTH_BEFORE, InteractiveAuth
from amanat.handlers.login import LoginProvider
from amanat.handlers.sessions import Sessions
from amanat.product.accounts.oauth.approvals import CROSS_SIGNING_RESET, OAuthFlows, ResetApprovals
from amanat.product.accounts.oauth.authorization import Authorization
from amanat.product.accounts.oauth.authorize_page import AuthorizeRoutes
from amanat.product.accounts.oauth.clients import Clients
from amanat.product.accounts.oauth.confirm_page import RESET, ConfirmRoutes
from amanat.product.accounts.oauth.device_apps import DeviceApps, DeviceAppsRoutes
from amanat.product.accounts.oauth.device_grant import DeviceGrant
from amanat.product.accounts.oauth.endpoints import OAuthRoutes, metadata
from amanat.product.accounts.oauth.grants import Grants, OAuthSessionData
from amanat.product.accounts.oauth.known_apps import KnownApps
from amanat.product.accounts.oauth.link_page import LinkRoutes
from amanat.product.accounts.oauth.login_tokens import LoginTokens, SsoFlow, TokenLogin
from amanat.product.accounts.oauth.sso_page import SsoRoutes
from amanat.product.accounts.pages.visits import HOME, Visits
from amanat.store.store import Store

OWN: Final = "amanat.product.accounts.oauth"
SIGN_UP: Final = f"{HOME}sign-up"
ACTIONS: Final = [
    "org.matrix.profile",
    "org.matrix.devices_list",
    "org.matrix.device_view",
    "org.matrix.device_delete",
    "org.matrix.account_deactivate",
    CROSS_SIGNING_RESET,
]
"""What the account page does when an app leads to it. Spec: client-server-api#account-management-url-actions."""


class OAuthGround(Struct, frozen=True, kw_only=True):
    """What it stands on.

    `public_url` is where browsers and apps reach the server. `known_apps` are hosts of apps that the operator knows.
    `limiter` has the classes `new_client` and `device_code`; None where nothing is limited. `serves`: apps must
    have an address of their own; else they may also be served by this machine.
    """

    store: Store
    accounts: Accounts
    sessions: Sessions
    devices: Devices
    interactive_auth: InteractiveAuth
    public_url: str
    known_apps: Iterable[str]
    limiter: RateLimiter | None
    now_ms: Callable[[], int]
    serves: bool


class OAuth:
    """All of it: `routes`, what is to be done from time to time, and what other features use."""

    def __init__(self, ground: OAuthGround, *, visits: Visits) -> None:
        """Join interactive authentication and the devices' data."""
        store, now_ms, base = ground.store, ground.now_ms, ground.public_url.rstrip("/")
        issuer, account_url = f"{base}/", base + HOME
        self.clients = Clients(store, now_ms=now_ms, limiter=ground.limiter, loopback_apps=not ground.serves)
        self.grants = Grants(
            store,
            sessions=ground.sessions,
            devices=ground.devices,
            clients=self.clients,
            now_ms=now_ms,
        )
        self.authorization = Authorization(store, clients=self.clients, issuer=issuer, now_ms=now_ms)
        self.device_grant = DeviceGrant(
            store, grants=self.grants, clients=self.clients, devices=ground.devices, now_ms=now_ms
        )
        self.login_tokens = LoginTokens(store, now_ms=now_ms)
        self.resets = ResetApprovals(now_ms=now_ms)
        self.actions: Mapping[str, str] = {CROSS_SIGNING_RESET: RESET}
        self.metadata: Mapping[str, Any] = metadata(issuer, account_url=account_url, account_actions=ACTIONS)
        self.login_providers: list[LoginProvider] = [SsoFlow(), TokenLogin(self.login_tokens, accounts=ground.accounts)]
        self.chores: list[Callable[[], Awaitable[object]]] = [
            self.clients.sweep,
            self.authorization.sweep,
            self.device_grant.sweep,
            self.login_tokens.sweep,
            self.grants.identities.sweep,
        ]
        self._join(ground, account_url=account_url)
        visits.chrome.packages.append(OWN)
        known_apps = KnownApps([*ground.known_apps, urlsplit(base).hostname or ""], own=f"{base}/")
        self.device_apps = DeviceApps(self.clients, known_apps=known_apps)
        self.routes: list[object] = [
            OAuthRoutes(
                self.clients,
                grants=self.grants,
                device_grant=self.device_grant,
                issuer=issuer,
            ),
            AuthorizeRoutes(
                visits,
                authorization=self.authorization,
                devices=ground.devices,
                known_apps=known_apps,
                sign_up=SIGN_UP,
            ),
            LinkRoutes(
                visits,
                device_grant=self.device_grant,
                known_apps=known_apps,
                limiter=ground.limiter,
                now_ms=now_ms,
            ),
            SsoRoutes(visits, tokens=self.login_tokens),
            DeviceAppsRoutes(self.device_apps),
            ConfirmRoutes(visits, interactive_auth=ground.interactive_auth, resets=self.resets),
        ]

    def _join(self, ground: OAuthGround, *, account_url: str) -> None:
        interactive_auth = ground.interactive_auth
        interactive_auth.elsewhere |= {OAUTH: self.resets, OAUTH_BEFORE: self.resets}
        interactive_auth.flows = OAuthFlows(interactive_auth.flows, sessions=ground.sessions, account_url=account_url)
        ground.devices.data.append(OAuthSessionData())
