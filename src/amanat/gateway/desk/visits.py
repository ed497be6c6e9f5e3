"""Who asks the desk's API for something: signed in, from the desk's own page, with a role in the service."""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import urlsplit

from msgspec import Struct, json

from amanat.core.errors import LimitExceeded, MatrixError
from amanat.core.media import BINARY
from amanat.edge.request import Request
from amanat.edge.responses import Headers, Response
from amanat.gateway.desk.errors import DeskError, NoSuch, NotAllowed, NotSignedIn, WrongOrigin
from amanat.gateway.desk.office import BotOffice, Office, Seat
from amanat.gateway.desk.sessions import Session, Sessions
from amanat.gateway.desk.staff import Role

API: Final = "/desk/v1"
SERVICE: Final = f"{API}/services/{{service}}"
AGENTS: Final[tuple[Role, ...]] = ("agent", "lead")
EDITORS: Final[tuple[Role, ...]] = ("editor", "lead")
LEADS: Final[tuple[Role, ...]] = ("lead",)
EVERYBODY: Final[tuple[Role, ...]] = ("agent", "editor", "lead")

# No other site's page reads an answer, and nothing of one stays in a cache: it is what citizens said.
HEADERS: Final[Headers] = [
    (b"content-type", b"application/json"),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
]


class Visit(Struct, frozen=True, kw_only=True):
    """A request by a member of the staff of a service or a bot."""

    request: Request
    session: Session
    seat: Seat
    role: Role

    @property
    def member(self) -> str:
        """Who asks."""
        return self.session.user_id

    @property
    def office(self) -> Office:
        """The service that is asked about; raises `NoSuch` where it is a bot."""
        if not isinstance(self.seat, Office):
            raise NoSuch
        return self.seat

    @property
    def bot(self) -> BotOffice:
        """The bot that is asked about; raises `NoSuch` where it is a service."""
        if not isinstance(self.seat, BotOffice):
            raise NoSuch
        return self.seat


class Visits:
    """Receives who is signed in. `url` is where browsers reach the desk."""

    def __init__(self, offices: Mapping[str, Seat], *, sessions: Sessions, url: str) -> None:
        parts = urlsplit(url)
        self.offices = offices
        self.sessions = sessions
        self.url = url
        self.is_secure = parts.scheme == "https"
        self._origin = f"{parts.scheme}://{parts.netloc}"
        # RFC 6265bis, 4.1.3.2: a name that browsers let no other site set. It needs https.
        self._cookie = "__Host-desk" if self.is_secure else "desk"

    def token(self, request: Request) -> str:
        """Return the token of a browser's session; empty if it has none."""
        return self.cookie(request, self._cookie)

    @staticmethod
    def cookie(request: Request, name: str) -> str:
        """Return a cookie's value; empty if there is none."""
        # By hand: the library drops all of them for one that it does not understand, and on this machine others' pages
        # set theirs for the same name.
        for each in (request.header("cookie") or "").split(";"):
            found, _, value = each.strip().partition("=")
            if found == name:
                return value
        return ""

    def keep(self, token: str) -> tuple[bytes, bytes]:
        """Return the header that has a browser keep a session."""
        return self.set_cookie(self._cookie, token, path="/")

    def drop(self) -> tuple[bytes, bytes]:
        """Return the header that has a browser forget its session."""
        return self.set_cookie(self._cookie, "", path="/", seconds=0)

    def set_cookie(self, name: str, value: str, *, path: str, seconds: int | None = None) -> tuple[bytes, bytes]:
        """Return the header of a cookie that no script reads. Lax: one comes back from the homeserver with it."""
        age = "" if seconds is None else f"; Max-Age={seconds}"
        secure = "; Secure" if self.is_secure else ""
        return b"set-cookie", f"{name}={value}; Path={path}; HttpOnly; SameSite=Lax{age}{secure}".encode()

    def session(self, request: Request) -> Session:
        """Return whose browser it is; raises `NotSignedIn`, and `WrongOrigin` for what is not the page's own."""
        if request.method not in ("GET", "HEAD"):
            self._check_origin(request)
        session = self.sessions.find(self.token(request))
        if session is None:
            raise NotSignedIn
        return session

    def receive(self, request: Request, *, roles: tuple[Role, ...]) -> Visit:
        """Return who asks; raises `NotSignedIn`, `NotAllowed` and `WrongOrigin`."""
        session = self.session(request)
        seat = self.offices.get(request.params["service"])
        role = seat.staff.role_of(session.user_id) if seat else None
        # Whoever has no role is not told which services there are.
        if seat is None or role not in roles:
            raise NotAllowed
        return Visit(request=request, session=session, seat=seat, role=role)

    def _check_origin(self, request: Request) -> None:
        kind = (request.header("content-type") or "").partition(";")[0].strip().lower()
        # No form sends either kind, so another site's page would have to ask first.
        if request.header("origin") != self._origin or kind not in ("application/json", BINARY):
            raise WrongOrigin


class HasVisits(Protocol):
    """Routes of the desk."""

    visits: Visits


Page: TypeAlias = Callable[[Any, Visit], Awaitable[Any]]
Endpoint: TypeAlias = Callable[[Any, Request], Awaitable[Response]]


def for_staff(roles: tuple[Role, ...]) -> Callable[[Page], Endpoint]:
    """Declare what answers members with one of some roles."""

    def mark(page: Page) -> Endpoint:
        @wraps(page)
        async def endpoint(self: HasVisits, request: Request) -> Response:
            answer = await page(self, self.visits.receive(request, roles=roles))
            return answer if isinstance(answer, Response) else answered(answer)

        return endpoint

    return mark


def answered(value: Any, *, headers: Headers | None = None) -> Response:
    """Answer with JSON."""
    return Response(200, json.encode(value), [*HEADERS, *(headers or [])])


def refused(error: MatrixError, *, headers: Headers | None = None) -> Response:
    """Turn an error, of the edge's or of the desk's own, into the desk's form of an answer."""
    own = list(headers or [])
    if isinstance(error, DeskError):
        body = error.body()
    else:
        body = {"code": error.errcode.removeprefix("M_"), "message": error.error, **error.fields}
    if isinstance(error, LimitExceeded):
        own.append((b"retry-after", b"%d" % -(-int(error.fields.get("retry_after_ms", 1000)) // 1000)))
    return Response(error.status, json.encode(body), [*HEADERS, *own])
