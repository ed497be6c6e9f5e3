"""The way in: to the homeserver, which says who somebody is, and back."""

import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Final

import structlog
from msgspec import Struct

from amanat.edge.request import Request
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.gateway.desk.errors import NoSuch
from amanat.gateway.desk.identity_provider import IdentityProvider, Provider, SignInFailed
from amanat.gateway.desk.visits import API, Visits, answered

SIGN_IN: Final = "/desk/sign_in"
SIGNED_IN: Final = "/desk/signed_in"
WAITS_MS: Final = 10 * 60_000
MAX_WAITING: Final = 1000
"""At some kilobyte; the oldest gives way."""

_BROWSER: Final = "desk_sign_in"
"""A cookie that holds the state, so that nobody can be signed in by another's link."""

log = structlog.get_logger()


class _Waiting(Struct, frozen=True):
    door: str
    provider: Provider
    client_id: str
    verifier: str
    until_ms: int


class SignInRoutes:
    """Signing in and out. `providers` are the homeservers of the services, by the service's id."""

    def __init__(self, visits: Visits, *, providers: Mapping[str, IdentityProvider], now_ms: Callable[[], int]) -> None:
        self._visits = visits
        self._providers = providers
        self._now_ms = now_ms
        self._waiting: dict[str, _Waiting] = {}

    @get(SIGN_IN, auth="none", limit="sign_in")
    async def begin(self, request: Request) -> Response:
        """Send a browser to the homeserver of a service."""
        door = request.query("service") or ""
        provider = self._providers.get(door)
        if provider is None:
            raise NoSuch
        state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
        try:
            asked, client_id, address = await provider.begin(state=state, verifier=verifier)
        except SignInFailed as failed:
            return self._failed(failed)
        self._waiting[state] = _Waiting(door, asked, client_id, verifier, self._now_ms() + WAITS_MS)
        while len(self._waiting) > MAX_WAITING:
            del self._waiting[next(iter(self._waiting))]
        kept = self._visits.set_cookie(_BROWSER, state, path=SIGNED_IN, seconds=WAITS_MS // 1000)
        return _led(address, kept)

    @get(SIGNED_IN, auth="none", limit="sign_in")
    async def finish(self, request: Request) -> Response:
        """Take a browser back that the homeserver has sent."""
        state = request.query("state") or ""
        waiting = self._waiting.pop(state, None) if self._is_of(request, state) else None
        if waiting is None or self._now_ms() >= waiting.until_ms:
            return self._failed(SignInFailed("nobody waits for this answer"))
        if request.query("error") == "access_denied":
            return self._led_home("denied")
        # RFC 9207: an answer of another server than the one that was asked is somebody's trick.
        code = request.query("code")
        if not code or request.query("iss") != waiting.provider.issuer:
            return self._failed(SignInFailed("the answer has no code, or is another server's"))
        try:
            person = await self._providers[waiting.door].finish(
                waiting.provider, client_id=waiting.client_id, code=code, verifier=waiting.verifier
            )
        except SignInFailed as failed:
            return self._failed(failed)
        offices = [each for each in self._visits.offices.values() if each.staff.role_of(person.user_id)]
        if not offices:
            return self._led_home("no_role")
        for office in offices:
            await office.note(person.user_id, "signed_in", about="")
            if person.name:
                office.names.learn(person.user_id, person.name)
                office.staff.call(person.user_id, person.name)
        token = self._visits.sessions.open(person.user_id, name=person.name)
        return _led("/", self._visits.keep(token), self._forgotten())

    @post(f"{API}/sign_out", auth="none")
    async def sign_out(self, request: Request) -> Response:
        """End a browser's session."""
        self._visits.session(request)
        self._visits.sessions.end(self._visits.token(request))
        return answered({}, headers=[self._visits.drop()])

    def _is_of(self, request: Request, state: str) -> bool:
        kept = self._visits.cookie(request, _BROWSER)
        return bool(state) and hmac.compare_digest(kept.encode(), state.encode("utf-8", "replace"))

    def _failed(self, failed: SignInFailed) -> Response:
        log.warning("desk_sign_in_failed", reason=str(failed))
        return self._led_home("failed")

    def _led_home(self, problem: str) -> Response:
        return _led(f"/?problem={problem}", self._forgotten())

    def _forgotten(self) -> tuple[bytes, bytes]:
        return self._visits.set_cookie(_BROWSER, "", path=SIGNED_IN, seconds=0)


def _led(address: str, *cookies: tuple[bytes, bytes]) -> Response:
    headers = [(b"location", address.encode()), (b"cache-control", b"no-store"), (b"referrer-policy", b"no-referrer")]
    return Response(302, b"", [*headers, *cookies])
