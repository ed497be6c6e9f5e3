"""The desk of a gateway: one HTTP application for all of its services."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx

from amanat.core.errors import MissingToken
from amanat.core.requester import Requester
from amanat.edge.app import App, EdgeRules
from amanat.edge.built_files import BUILT
from amanat.edge.rate_limit import Limit, Rate, RateLimiter
from amanat.edge.request import Request
from amanat.edge.routes import collect
from amanat.gateway.desk.bot_routes import BotRoutes
from amanat.gateway.desk.day_routes import DayRoutes
from amanat.gateway.desk.file_routes import FileRoutes
from amanat.gateway.desk.flow_routes import FlowRoutes
from amanat.gateway.desk.identity_provider import IdentityProvider, http
from amanat.gateway.desk.inbox_routes import InboxRoutes
from amanat.gateway.desk.office import Seat
from amanat.gateway.desk.own_routes import OwnRoutes
from amanat.gateway.desk.page import DeskPage
from amanat.gateway.desk.sessions import Sessions
from amanat.gateway.desk.sign_in import SIGNED_IN, SignInRoutes
from amanat.gateway.desk.staff_routes import StaffRoutes
from amanat.gateway.desk.ticket_routes import TicketRoutes
from amanat.gateway.desk.visits import Visits, refused

LIMITS: Final[Mapping[str, Limit]] = {
    "default": Limit(address=Rate(per_second=50, burst=500)),
    "sign_in": Limit(address=Rate(per_second=0.5, burst=30)),
    "files": Limit(address=Rate(per_second=5, burst=60)),
    "preview": Limit(address=Rate(per_second=5, burst=30)),
}
"""Of an address, which a whole office may share. They bound what a stranger can make the gateway do."""
LOOPBACK: Final = ("127.0.0.0/8", "::1/128")
"""A proxy that brings the desk into the open stands on the same machine."""


class Desk:
    """All of it. `url` is where browsers reach it: https, or this machine."""

    def __init__(
        self,
        offices: Sequence[Seat],
        *,
        url: str,
        now_ms: Callable[[], int],
        folder: Path = BUILT,
        http: Callable[[], httpx.AsyncClient] = http,
    ) -> None:
        """`http` asks homeservers who somebody is."""
        self._http = http
        self.url = url.rstrip("/")
        self.sessions = Sessions(now_ms=now_ms)
        visits = Visits({office.id: office for office in offices}, sessions=self.sessions, url=self.url)
        self._own = OwnRoutes(visits)
        routes = collect(
            DeskPage(folder=folder),
            SignInRoutes(visits, providers={each.id: self._provider(each) for each in offices}, now_ms=now_ms),
            self._own,
            InboxRoutes(visits),
            FileRoutes(visits),
            DayRoutes(visits),
            TicketRoutes(visits),
            FlowRoutes(visits),
            StaffRoutes(visits),
            BotRoutes(visits),
        )
        is_behind_proxy = urlsplit(self.url).scheme == "https"
        self.app: App[Requester] = App(
            routes,
            authenticate=_nobody,
            limiter=RateLimiter(LIMITS, now=time.monotonic),
            rules=EdgeRules(proxies=LOOPBACK if is_behind_proxy else ()),
            refuse=refused,
        )

    def stop(self) -> None:
        """Let whoever waits for a change go."""
        self._own.stop()

    def _provider(self, office: Seat) -> IdentityProvider:
        return IdentityProvider(
            office.homeserver,
            server_name=office.server_name,
            desk_url=self.url,
            redirect_uri=f"{self.url}{SIGNED_IN}",
            http=self._http,
        )


async def _nobody(_token: str, _request: Request) -> Requester:
    """The desk has sessions of its own, and takes no access token."""
    raise MissingToken
