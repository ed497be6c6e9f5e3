"""Browser sessions: who is signed in to the pages, and which forms are this browser's own.

Who is signed in has a row; the cookie holds a random token, which is stored as a hash. Who is not has a session too,
since the forms before signing in need protection as well. It is kept by the browser alone, signed and dated, so that
nobody fills our memory or disk by asking for pages.
"""

import hmac
import secrets
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import base64url
from amanat.core.errors import Forbidden, UserLocked
from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.db.tx import Need, Tx
from amanat.edge.request import Request
from amanat.product.accounts.pages.cookies import Cookie
from amanat.product.accounts.pages.tables import (
    BROWSER_SESSION,
    BROWSER_SESSIONS,
    BROWSER_SESSIONS_OF,
    IDLE_BROWSER_SESSIONS,
    BrowserSessionRow,
)
from amanat.store.accounts import USERS
from amanat.store.store import Store

IDLE_MS: Final = 30 * 86_400_000
ANONYMOUS_MS: Final = 3_600_000
"""How long somebody may take to sign up or in."""
MAX_SESSIONS: Final = 20
"""Per account; the one unused for the longest gives way."""
DAY_MS: Final = 86_400_000
MAX_SPENT: Final = 50_000
"""Anonymous sessions remembered as ended, at some 130 bytes; each has cost a sign-in."""
SWEPT_PER_UNIT: Final = 100

_MAC_BYTES: Final = 16
_NONCE_BYTES: Final = 16
_TIME_BYTES: Final = 8
_MARK: Final = "a."
"""What an anonymous session's token begins with."""


class StaleForm(Forbidden):
    """This form is not of this browser's session, or was open for too long."""


class BrowserSession(Struct, frozen=True, kw_only=True):
    """A browser's session. `csrf` must come back with each of its forms; `key` names it where something is bound to it.

    Without `user_id` nobody is signed in, and `signed_in_ts` is when it began.
    """

    key: bytes
    user_id: str | None
    csrf: str
    signed_in_ts: int


class BrowserSessions:
    """Begins, recognises and ends the sessions of browsers."""

    def __init__(
        self, store: Store, *, secret: Callable[[], bytes], public_url: str, now_ms: Callable[[], int]
    ) -> None:
        """Let `secret` return the server's secret, which is read when the data is opened."""
        parts = urlsplit(public_url)
        self._store = store
        self._secret = secret
        self._now_ms = now_ms
        self._host = parts.netloc.lower()
        self._cookie = Cookie("amanat", parts.scheme == "https")
        self._spent: dict[bytes, None] = {}

    # Recognising

    async def of(self, request: Request) -> BrowserSession | None:
        """Return the session of the browser that asks, if it has one."""
        token = self._cookie.read(request)
        if not token:
            return None
        key = sha256(token.encode()).digest()
        if token.startswith(_MARK):
            return self._anonymous(key, token)
        row = await self._store.first(BROWSER_SESSION, session_hash=key)
        now = self._now_ms()
        if row is None or row.seen_ts + IDLE_MS <= now:
            return None
        if row.seen_ts + DAY_MS <= now:
            await self._note_seen(row)
        return self._session(key, row.user_id, row.signed_in_ts)

    def _anonymous(self, key: bytes, token: str) -> BrowserSession | None:
        began = self._opened(token)
        if began is None or key in self._spent or not began <= self._now_ms() < began + ANONYMOUS_MS:
            return None
        return self._session(key, None, began)

    def _session(self, key: bytes, user_id: str | None, signed_in_ts: int) -> BrowserSession:
        csrf = keyed_hash(subkey(self._secret(), "form"), key).hex()
        return BrowserSession(key=key, user_id=user_id, csrf=csrf, signed_in_ts=signed_in_ts)

    async def _note_seen(self, row: BrowserSessionRow) -> None:
        key, now = (row.user_id, row.session_hash), self._now_ms()

        def run(tx: Tx) -> None:
            held = tx.get(BROWSER_SESSIONS, *key)
            if held is not None:
                tx.put(BROWSER_SESSIONS, replace(held, seen_ts=_day(now)))

        await self._store.write(run, needs=[(BROWSER_SESSIONS, key)])

    # Beginning

    async def begin(self, user_id: str | None, *, browser: str = "") -> tuple[BrowserSession, bytes]:
        """Begin a session, with a token that nobody knew before; return it and its `Set-Cookie`. Raises UserLocked.

        Whoever signs somebody in calls `end` with the session there was before.
        """
        now = self._now_ms()
        if user_id is None:
            token = self._signed(now)
            key = sha256(token.encode()).digest()
            return self._session(key, None, now), self._cookie.write(token, max_age_s=ANONYMOUS_MS // 1000)
        token = secrets.token_urlsafe(32)
        key = sha256(token.encode()).digest()
        row = BrowserSessionRow(user_id, key, now, _day(now), browser)
        await self._store.write(lambda tx: _put(tx, row), needs=[(USERS, (user_id,)), *self.needs(user_id)])
        return self._session(key, user_id, now), self._cookie.write(token)

    def _signed(self, began_ts: int) -> str:
        body = began_ts.to_bytes(_TIME_BYTES, "big") + secrets.token_bytes(_NONCE_BYTES)
        return _MARK + base64url.encode(body + self._mac(body))

    def _opened(self, token: str) -> int | None:
        """Return when an anonymous session began, if we began it."""
        try:
            raw = base64url.decode(token.removeprefix(_MARK))
        except ValueError:
            return None
        body, mac = raw[:-_MAC_BYTES], raw[-_MAC_BYTES:]
        if not hmac.compare_digest(mac, self._mac(body)):
            return None
        return int.from_bytes(body[:_TIME_BYTES], "big")

    def _mac(self, body: bytes) -> bytes:
        return keyed_hash(subkey(self._secret(), "anonymous browser session"), body)[:_MAC_BYTES]

    # Ending

    async def end(self, session: BrowserSession) -> None:
        """End a session at once: its token opens nothing any more."""
        if session.user_id is not None:
            await self.end_one(session.user_id, session.key)
            return
        self._spent[session.key] = None
        while len(self._spent) > MAX_SPENT:
            del self._spent[next(iter(self._spent))]

    async def end_one(self, user_id: str, key: bytes) -> None:
        """End one of somebody's sessions; one that is gone is passed over."""
        await self._store.write(lambda tx: tx.delete(BROWSER_SESSIONS, user_id, key))

    async def end_all(self, user_id: str, *, but: bytes | None = None) -> None:
        """End all of somebody's sessions, or all but one."""
        await self._store.write(lambda tx: self.end_in(tx, user_id, but=but), needs=self.needs(user_id))

    def needs(self, user_id: str) -> Sequence[Need]:
        """Return what `end_in` reads."""
        return [(BROWSER_SESSIONS, (user_id,))]

    def end_in(self, tx: Tx, user_id: str, *, but: bytes | None = None) -> None:
        """End all of somebody's sessions, or all but one, in the caller's unit of work."""
        for row in list(tx.scan(BROWSER_SESSIONS, user_id)):
            if row.session_hash != but:
                tx.delete(BROWSER_SESSIONS, user_id, row.session_hash)

    async def forget(self, user_id: str) -> None:
        """End all sessions of somebody whose account has ended."""
        await self.end_all(user_id)

    async def list(self, user_id: str) -> Sequence[BrowserSessionRow]:
        """Return somebody's sessions, the newest first."""
        since = self._now_ms() - IDLE_MS
        return [row for row in await self._store.all(BROWSER_SESSIONS_OF, user_id=user_id) if row.seen_ts > since]

    async def sweep(self) -> None:
        """Delete sessions that were idle for too long, some at a time."""
        since = self._now_ms() - IDLE_MS
        while idle := await self._store.all(IDLE_BROWSER_SESSIONS, since=since, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[BrowserSessionRow] = idle) -> None:
                for row in rows:
                    tx.delete(BROWSER_SESSIONS, row.user_id, row.session_hash)

            await self._store.write(run)

    # Forms

    def check_form(self, request: Request, *, session: BrowserSession | None, csrf: str | None) -> None:
        """Refuse a form that another site has sent, or that was not made for this session; raises StaleForm."""
        # What a browser says of where a request comes from no page can change. With our referrer policy the Origin
        # of our own forms is "null", so that only a name in it tells anything.
        site, origin = request.header("sec-fetch-site"), request.header("origin")
        if site not in (None, "same-origin"):
            raise Forbidden("This form was sent by another site.")
        if origin not in (None, "null") and urlsplit(origin).netloc.lower() not in self._own_hosts(request):
            raise Forbidden("This form was sent by another site.")
        if session is None or not hmac.compare_digest((csrf or "").encode("utf-8", "replace"), session.csrf.encode()):
            raise StaleForm

    def _own_hosts(self, request: Request) -> set[str]:
        return {self._host, (request.header("host") or self._host).lower()}


def _put(tx: Tx, row: BrowserSessionRow) -> None:
    user = tx.get(USERS, row.user_id)
    if user is not None and user.locked_ts is not None:
        raise UserLocked
    held = sorted(tx.scan(BROWSER_SESSIONS, row.user_id), key=lambda other: (other.seen_ts, other.signed_in_ts))
    for old in held[: max(0, len(held) - MAX_SESSIONS + 1)]:
        tx.delete(BROWSER_SESSIONS, old.user_id, old.session_hash)
    tx.put(BROWSER_SESSIONS, row)


def _day(ts: int) -> int:
    return ts - ts % DAY_MS
