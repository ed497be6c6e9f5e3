"""One visit to a page: who comes, with what session and in what language, and what they are answered.

Every endpoint of a page is declared with one of the three below. So no form is ever taken without its check, and who
is refused is told in their own language.
"""

from collections.abc import Awaitable, Callable
from functools import partial, wraps
from typing import Any, Final, Protocol, TypeAlias, TypeVar
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import Forbidden, LimitExceeded, MatrixError, NotFound, UserLocked, UserSuspended
from amanat.edge import pages
from amanat.edge.request import Request
from amanat.edge.responses import Answer, Response
from amanat.edge.routes import refuses_by
from amanat.product.accounts.pages.browser_sessions import ANONYMOUS_MS, BrowserSession, BrowserSessions, StaleForm
from amanat.product.accounts.pages.browsers import describe
from amanat.product.accounts.pages.chrome import Chrome, see_other
from amanat.product.accounts.pages.forms import CSRF, Form, read_form
from amanat.product.accounts.pages.language import Language, named
from amanat.product.accounts.pages.next_page import own_path
from amanat.product.accounts.pages.seals import Seals
from amanat.product.accounts.pages.words import Words

S = TypeVar("S", bound=Struct)

SIGN_IN: Final = "/_amanat/account/sign-in"
HOME: Final = "/_amanat/account/"
RECENT_MS: Final = 10 * 60_000
"""For what cannot be undone one must have signed in within this time."""


class Gone(NotFound):
    """This step of signing up or in is over; begin anew."""


_REASONS: Final[dict[type, str]] = {
    StaleForm: "refused.stale",
    Gone: "refused.gone",
    LimitExceeded: "refused.limit",
    NotFound: "refused.missing",
    UserLocked: "refused.locked",
    UserSuspended: "refused.suspended",
    MatrixError: "refused.other",
}
"""What is said of a refusal: of an error's classes, the first that stands here."""


class HasVisits(Protocol):
    """Routes of pages."""

    visits: "Visits"


Page: TypeAlias = Callable[[Any, "Visit"], Awaitable[Answer]]
Endpoint: TypeAlias = Callable[[Any, Request], Awaitable[Answer]]


class Visit:
    """A request for a page, and what its answer needs."""

    def __init__(self, visits: "Visits", request: Request, *, session: BrowserSession, cookies: list[bytes]) -> None:
        """Let `cookies` be set with the answer."""
        self.request = request
        self.session = session
        self.cookies = cookies
        self.form = Form({})
        self._visits = visits

    @property
    def user_id(self) -> str:
        """Who is signed in."""
        if self.session.user_id is None:
            raise Forbidden("Nobody is signed in.")
        return self.session.user_id

    @property
    def is_recent(self) -> bool:
        """Whether somebody signed in not long ago."""
        return self.session.user_id is not None and self._visits.is_recent(self.session)

    @property
    def language(self) -> Language:
        """What the visitor reads."""
        return self._visits.chrome.language(self.request)

    @property
    def words(self) -> Words:
        """What can be said to the visitor."""
        return self._visits.chrome.words(self.language)

    @property
    def next(self) -> str | None:
        """Where the visitor wants to go after signing in."""
        return own_path(self.request.query("next"))

    def page(self, template: str, **values: Any) -> Response:
        """Answer with a page; `status` and `allowed` are `Chrome.page`'s."""
        return self._visits.chrome.page(template, self.request, session=self.session, **values)

    def go(self, path: str) -> Response:
        """Answer with another page's address."""
        return see_other(path)

    # Steps

    def step(self, path: str, value: Struct) -> Response:
        """Lead to the next step, which is told `value`."""
        return see_other(f"{path}?s={self._visits.seals.seal(self.session, value)}")

    def told(self, kind: type[S]) -> S:
        """Return what the step before has told; raises Gone."""
        value = self._visits.seals.open(self.session, self.request.query("s"), kind=kind)
        if value is None:
            raise Gone
        return value

    # Signing in

    async def sign_in(self, user_id: str) -> None:
        """Give the browser a new session, that of somebody who has proved who they are."""
        sessions = self._visits.sessions
        await sessions.end(self.session)
        browser = describe(self.request.header("user-agent") or "")
        self.session, cookie = await sessions.begin(user_id, browser=browser)
        self.cookies.append(cookie)

    async def sign_out(self) -> None:
        """End the browser's session."""
        await self._visits.sessions.end(self.session)
        self.session, cookie = await self._visits.sessions.begin(None)
        self.cookies.append(cookie)


class Visits:
    """Receives visitors: what all routes of pages share."""

    def __init__(self, chrome: Chrome, *, sessions: BrowserSessions, seals: Seals, now_ms: Callable[[], int]) -> None:
        self.chrome = chrome
        self.sessions = sessions
        self.seals = seals
        self._now_ms = now_ms

    def is_recent(self, session: BrowserSession) -> bool:
        """Whether a session began not long ago."""
        return self._now_ms() < session.signed_in_ts + RECENT_MS

    async def receive(self, request: Request, answer: Callable[[Visit], Awaitable[Answer]]) -> Answer:
        """Answer a visitor; a refusal becomes a page."""
        await self.chrome.ready()
        visit = await self._visit(request)
        try:
            if request.method == "POST":
                visit.form = await read_form(request)
                self.sessions.check_form(request, session=visit.session, csrf=visit.form.raw(CSRF))
            response: Answer = await answer(visit)
        except MatrixError as error:
            response = _refusal(visit.page, error)
        cookies = [(b"set-cookie", cookie) for cookie in visit.cookies]
        return replace(response, headers=[*(response.headers or []), *cookies])

    async def receive_signed_in(
        self, request: Request, answer: Callable[[Visit], Awaitable[Answer]], *, recently: bool = False
    ) -> Answer:
        """Answer who is signed in, where `recently` not long ago; others sign in first and come back."""

        async def admit(visit: Visit) -> Answer:
            if visit.session.user_id is None:
                return visit.go(sign_in_path(_here(visit)))
            if recently and not visit.is_recent:
                return visit.go(f"{sign_in_path(_here(visit))}&again=1")
            return await answer(visit)

        return await self.receive(request, admit)

    async def refuse(self, request: Request, error: MatrixError) -> Response:
        """Tell somebody why their request is not looked at; it costs no look into the data."""
        await self.chrome.ready()
        return _refusal(partial(self.chrome.page, request=request, session=None), error)

    async def _visit(self, request: Request) -> Visit:
        session, cookies = await self.sessions.of(request), []
        if session is None or self._is_running_out(request, session):
            session, cookie = await self.sessions.begin(None)
            cookies.append(cookie)
        chosen = named(request.query("lang"))
        if chosen is not None:
            cookies.append(self.chrome.language_cookie.write(chosen))
        return Visit(self, request, session=session, cookies=cookies)

    def _is_running_out(self, request: Request, session: BrowserSession) -> bool:
        """Whether somebody who begins now should get a new anonymous session; later steps hang on the one they have."""
        begins = request.method == "GET" and session.user_id is None and request.query("s") is None
        return begins and self._now_ms() >= session.signed_in_ts + ANONYMOUS_MS // 2


signed_in = pages.signed_in
recently_signed_in = pages.recently_signed_in


def shown(page: Page) -> Endpoint:
    """Declare a page that anybody may open, or a form on one."""

    @refuses_by(pages.refuse)
    @wraps(page)
    async def endpoint(self: HasVisits, request: Request) -> Answer:
        return await self.visits.receive(request, partial(page, self))

    return endpoint


def sign_in_path(and_then: str) -> str:
    """Return the address of the sign-in page that leads to another page."""
    return f"{SIGN_IN}?next={quote(and_then, safe='')}"


def _here(visit: Visit) -> str:
    """Return where to come back to: what a form said is not sent again."""
    return visit.request.target if visit.request.method != "POST" else visit.request.path


def _refusal(page: Callable[..., Response], error: MatrixError) -> Response:
    seconds = -(-int(error.fields.get("retry_after_ms", 0)) // 1000)
    reason = next(_REASONS[kind] for kind in type(error).__mro__ if kind in _REASONS)
    response = page("refused.html", status=error.status, reason=reason, seconds=seconds)
    if not isinstance(error, LimitExceeded):
        return response
    return replace(response, headers=[*(response.headers or []), (b"retry-after", b"%d" % max(1, seconds))])
