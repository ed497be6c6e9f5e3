"""Sessions: who an access token speaks for, and when it no longer does.

Tokens are random and stored as hashes. What is cached is dropped in the same turn of the loop in which a revocation
is known to be on disk, and lives 30 s at most besides. Spec: client-server-api#using-access-tokens.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Any, Final, Protocol

from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Gauge

from amanat.core.errors import UnknownToken, UserLocked
from amanat.core.requester import AccountState, Requester
from amanat.db.tx import Need, Tx
from amanat.notifier.local import LocalNotifier
from amanat.store.accounts import USERS
from amanat.store.devices import DEVICE, DEVICES, DeviceRow
from amanat.store.sessions import (
    ACCESS_TOKENS,
    REFRESH_TOKEN,
    REFRESH_TOKENS,
    REFRESH_TOKENS_OF,
    SESSION,
    AccessTokenRow,
    RefreshTokenRow,
    SessionRow,
)
from amanat.store.store import Store

CACHE_MS: Final = 30_000
"""DESIGN, section 11: the backstop, should a revocation ever not be heard of."""
MAX_CACHED: Final = 100_000
"""Sessions in memory, at some 600 bytes."""
MAX_DEAD: Final = 20_000
"""Dead tokens remembered, at some 150 bytes: clients ask again and again with them."""
HOUR_MS: Final = 3_600_000
OAUTH_LIFETIME_MS: Final = 5 * 60_000
"""Access tokens of the OAuth 2.0 API: short enough that a stolen one is worth little, whatever it was stolen from."""
MAX_UNUSED: Final = 3
"""Pairs given out for the same refresh token: answers get lost, and may overtake each other."""
SEEN_PER_UNIT: Final = 100

CACHED = Gauge("amanat_handlers_sessions_entries", "Access tokens kept in memory.")
REMEMBERED = Gauge("amanat_handlers_sessions_remembered", "What else is kept of sessions, by what it is.", ["memory"])


class NewDevice(Struct, frozen=True, kw_only=True):
    """What a client says of the device that it logs in. `refreshable`: its access token shall expire.

    `by_oauth`: it logs in by the OAuth 2.0 API, whose access tokens expire soon and whose refresh tokens are a family.
    """

    device_id: str
    display_name: str | None = None
    refreshable: bool = False
    by_oauth: bool = False


class Tokens(Struct, frozen=True, kw_only=True):
    """What a device is given: the only time that its tokens are seen."""

    access_token: str
    refresh_token: str | None = None
    expires_in_ms: int | None = None


class Elsewhere(Protocol):
    """A way to be signed in that is no device: the browsers at the account pages."""

    def needs(self, user_id: str) -> Sequence[Need]:
        """Return what `end_in` reads."""
        ...

    def end_in(self, tx: Tx, user_id: str) -> None:
        """End it, in the caller's unit of work."""
        ...


class _Cached(Struct, frozen=True):
    requester: Requester
    expires_ts: int | None
    loaded_ts: int


class Sessions:
    """Opens, refreshes, recognises and ends sessions. Whoever keeps others adds to `elsewhere`."""

    def __init__(
        self, store: Store, *, notifier: LocalNotifier, now_ms: Callable[[], int], lifetime_ms: int = HOUR_MS
    ) -> None:
        """Let access tokens with a refresh token live for `lifetime_ms`; the others live until they are ended."""
        self.elsewhere: list[Elsewhere] = []
        self._store = store
        self._notifier = notifier
        self._now_ms = now_ms
        self._lifetime_ms = lifetime_ms
        self._cache: dict[bytes, _Cached] = {}
        self._dead: dict[bytes, None] = {}
        self._locked: dict[str, None] = {}
        self._revocations = 0
        self._seen: dict[tuple[str, str], int] = {}
        CACHED.set_function(self._cache.__len__)
        for name, memory in (("dead", self._dead), ("locked", self._locked), ("seen", self._seen)):
            REMEMBERED.labels(name).set_function(memory.__len__)
        store.recovered.append(self.forget)

    # Recognising

    async def authenticate(self, token: str, _request: object = None) -> Requester:
        """Return who an access token speaks for; raises UnknownToken."""
        token_hash, now = hash_of(token), self._now_ms()
        if token_hash in self._dead:
            raise UnknownToken
        cached = self._cache.get(token_hash)
        if cached is None or not cached.loaded_ts <= now < cached.loaded_ts + CACHE_MS:
            cached = await self._load(token_hash)
        # spec: client-server-api#soft-logout
        if cached.expires_ts is not None and cached.expires_ts <= now:
            raise UnknownToken("This access token has expired; refresh it.", soft_logout=True)
        return cached.requester

    def check(self, requester: Requester) -> None:
        """Refuse a request that is under way if its token has been ended since, or its account locked."""
        if requester.token_hash in self._dead:
            raise UnknownToken
        if requester.user_id in self._locked:
            raise UserLocked

    def forget(self) -> None:
        """Forget what is cached: what is on disk may be otherwise."""
        self._revocations += 1
        self._cache.clear()

    async def _load(self, token_hash: bytes) -> _Cached:
        session, revocations = None, -1
        # A token that is ended while it is being read must not come to life again in the cache.
        while revocations != self._revocations:
            revocations = self._revocations
            session = await self._store.first(SESSION, token_hash=token_hash)
            if session is not None and session.unused:
                await self._settle(session, token_hash)
        if session is None:
            self._cache.pop(token_hash, None)
            self._bury([token_hash])
            raise UnknownToken
        self._note_seen(session)
        return self._keep(session, token_hash)

    def _keep(self, session: SessionRow, token_hash: bytes) -> _Cached:
        requester = Requester(
            user_id=session.user_id,
            device_id=session.device_id,
            token_hash=token_hash,
            is_admin=bool(session.is_admin),
            state=_state(session),
        )
        cached = _Cached(requester, session.expires_ts, self._now_ms())
        if token_hash not in self._dead:
            self._cache.pop(token_hash, None)
            self._cache[token_hash] = cached
        while len(self._cache) > MAX_CACHED:
            del self._cache[next(iter(self._cache))]
        return cached

    def _bury(self, token_hashes: Iterable[bytes]) -> None:
        for token_hash in token_hashes:
            self._cache.pop(token_hash, None)
            self._dead[token_hash] = None
        while len(self._dead) > MAX_DEAD:
            del self._dead[next(iter(self._dead))]

    # What the operator makes of an account, inside the caller's unit of work

    def restate(self, tx: Tx, user_id: str, *, is_locked: bool) -> None:
        """Have every session of an account looked at again: the operator has changed what it may do."""
        tx.after_commit(lambda: self._restated(user_id, is_locked=is_locked))

    def _restated(self, user_id: str, *, is_locked: bool) -> None:
        self._revocations += 1
        for token_hash in [key for key, held in self._cache.items() if held.requester.user_id == user_id]:
            del self._cache[token_hash]
        self._locked.pop(user_id, None)
        if is_locked:
            self._locked[user_id] = None
            self._notifier.wake(user_id)
        while len(self._locked) > MAX_DEAD:
            del self._locked[next(iter(self._locked))]

    # Opening and ending, inside the caller's unit of work

    def needs(self, user_id: str, device_id: str) -> Sequence[Need]:
        """Return what `open` and `end` read."""
        key = (user_id, device_id)
        return [(DEVICES, key), (ACCESS_TOKENS, key), (REFRESH_TOKENS, key)]

    def open(self, tx: Tx, user_id: str, *, device: NewDevice) -> Tokens:
        """Log a device in. What tokens it had before are ended."""
        # spec: client-server-api#relationship-between-access-tokens-and-devices
        self.end(tx, user_id, device_id=device.device_id)
        now = self._now_ms()
        known = tx.get(DEVICES, user_id, device.device_id)
        row = DeviceRow(user_id, device.device_id, device.display_name, now, _hour(now))
        tx.put(DEVICES, replace(known, seen_ts=_hour(now)) if known else row)
        if device.by_oauth:
            return self._issue_pair(tx, user_id, device.device_id, family=secrets.token_urlsafe(16))
        if device.refreshable:
            return self._issue_pair(tx, user_id, device.device_id)
        access_token, access_hash = new_token()
        tx.put(ACCESS_TOKENS, AccessTokenRow(user_id, device.device_id, access_hash, None, 0))
        return Tokens(access_token=access_token)

    def end(self, tx: Tx, user_id: str, *, device_id: str) -> None:
        """End every token of a device."""
        self._end_access(tx, user_id, list(tx.scan(ACCESS_TOKENS, user_id, device_id)))
        for row in tx.scan(REFRESH_TOKENS, user_id, device_id):
            tx.delete(REFRESH_TOKENS, user_id, device_id, row.token_hash)

    def all_needs(self, user_id: str) -> Sequence[Need]:
        """Return what `end_all` reads."""
        return [(ACCESS_TOKENS, (user_id,)), (REFRESH_TOKENS, (user_id,))]

    def end_all(self, tx: Tx, user_id: str) -> None:
        """End every token of a person."""
        self._end_access(tx, user_id, list(tx.scan(ACCESS_TOKENS, user_id)))
        for row in tx.scan(REFRESH_TOKENS, user_id):
            tx.delete(REFRESH_TOKENS, user_id, row.device_id, row.token_hash)

    def elsewhere_needs(self, user_id: str) -> Sequence[Need]:
        """Return what `end_elsewhere` reads."""
        return [need for other in self.elsewhere for need in other.needs(user_id)]

    def end_elsewhere(self, tx: Tx, user_id: str) -> None:
        """Sign a person out wherever they are signed in without a device."""
        for other in self.elsewhere:
            other.end_in(tx, user_id)

    def _end_access(self, tx: Tx, user_id: str, rows: Sequence[AccessTokenRow]) -> None:
        for row in rows:
            tx.delete(ACCESS_TOKENS, user_id, row.device_id, row.token_hash)
        ended = [row.token_hash for row in rows]
        if ended:
            tx.after_commit(lambda: self._ended(user_id, ended))

    def _ended(self, user_id: str, token_hashes: Sequence[bytes]) -> None:
        self._revocations += 1
        self._bury(token_hashes)
        self._notifier.wake(user_id)

    def _issue_pair(
        self, tx: Tx, user_id: str, device_id: str, *, family: str | None = None, unused: int = 0
    ) -> Tokens:
        """Give out an access token that expires, and the refresh token for the next."""
        lifetime_ms = self._lifetime_ms if family is None else OAUTH_LIFETIME_MS
        access_token, access_hash = new_token()
        tx.put(ACCESS_TOKENS, AccessTokenRow(user_id, device_id, access_hash, self._now_ms() + lifetime_ms, unused))
        secret, _ = new_token()
        refresh_token = secret if family is None else f"{family}.{secret}"
        family_hash = None if family is None else hash_of(family)
        tx.put(REFRESH_TOKENS, RefreshTokenRow(user_id, device_id, hash_of(refresh_token), access_hash, family_hash))
        return Tokens(access_token=access_token, refresh_token=refresh_token, expires_in_ms=lifetime_ms)

    # Refreshing

    async def refresh(self, refresh_token: str, *, by_oauth: bool = False) -> Tokens:
        """Give out the next pair of tokens. The old pair lives until one of the new is used: answers get lost.

        A session is refreshed by the API that opened it and by no other.
        """
        # spec: client-server-api#refreshing-access-tokens
        token_hash, family = hash_of(refresh_token), family_of(refresh_token)
        found = await self._store.first(REFRESH_TOKEN, token_hash=token_hash)
        if found is None or (found.family is not None) is not by_oauth:
            raise UnknownToken("This refresh token is not known, or no longer.")
        user_id, device_id = found.user_id, found.device_id

        def run(tx: Tx) -> Tokens:
            user = tx.get(USERS, user_id)
            if user is not None and user.locked_ts is not None:
                raise UserLocked
            used = tx.get(REFRESH_TOKENS, user_id, device_id, token_hash)
            if used is None:
                raise UnknownToken("This refresh token is not known, or no longer.")
            # Who renews a pair has it. What still comes with its access token then must not end the next pair.
            self._use(tx, user_id, device_id, access_hash=used.access_hash)
            self._end_oldest_unused(tx, user_id, device_id)
            return self._issue_pair(tx, user_id, device_id, family=family, unused=1)

        needs = [(USERS, (user_id,)), *self.needs(user_id, device_id)]
        return await self._store.write(run, needs=needs)

    async def _settle(self, session: SessionRow, token_hash: bytes) -> None:
        """End the tokens before this one: it has been used for the first time."""
        user_id, device_id = session.user_id, session.device_id

        def run(tx: Tx) -> None:
            if tx.get(ACCESS_TOKENS, user_id, device_id, token_hash) is None:
                raise UnknownToken
            self._use(tx, user_id, device_id, access_hash=token_hash)

        await self._store.write(run, needs=self.needs(user_id, device_id))

    def _use(self, tx: Tx, user_id: str, device_id: str, *, access_hash: bytes) -> None:
        """End the tokens before a pair, and what was given out beside it, if it is used for the first time."""
        row = tx.get(ACCESS_TOKENS, user_id, device_id, access_hash)
        if row is not None and row.unused:
            self._end_all_but(tx, user_id, device_id, access_hash=access_hash)
            tx.put(ACCESS_TOKENS, replace(row, unused=0))

    def _end_oldest_unused(self, tx: Tx, user_id: str, device_id: str) -> None:
        """Make room for one more pair that nobody has used yet."""
        unused = [row for row in tx.scan(ACCESS_TOKENS, user_id, device_id) if row.unused]
        unused.sort(key=lambda row: row.expires_ts or 0)
        for row in unused[: max(0, len(unused) - MAX_UNUSED + 1)]:
            self._end_pair(tx, row)

    def _end_all_but(self, tx: Tx, user_id: str, device_id: str, *, access_hash: bytes) -> None:
        for row in list(tx.scan(ACCESS_TOKENS, user_id, device_id)):
            if row.token_hash != access_hash:
                self._end_pair(tx, row)

    def _end_pair(self, tx: Tx, access: AccessTokenRow) -> None:
        user_id, device_id = access.user_id, access.device_id
        self._end_access(tx, user_id, [access])
        for row in list(tx.scan(REFRESH_TOKENS, user_id, device_id)):
            if row.access_hash == access.token_hash:
                tx.delete(REFRESH_TOKENS, user_id, device_id, row.token_hash)

    # When a device was last seen

    def _note_seen(self, session: SessionRow) -> None:
        hour = _hour(self._now_ms())
        if session.seen_ts < hour:
            self._seen[session.user_id, session.device_id] = hour

    async def write_seen(self) -> None:
        """Write down the hours in which devices were seen, some at a time; run it every few minutes."""
        while self._seen:
            some = [self._seen.popitem() for _ in range(min(SEEN_PER_UNIT, len(self._seen)))]

            def run(tx: Tx, some: Sequence[tuple[tuple[str, str], int]] = some) -> None:
                for key, hour in some:
                    device = tx.get(DEVICES, *key)
                    if device is not None:
                        tx.put(DEVICES, replace(device, seen_ts=hour))

            await self._store.write(run, needs=[(DEVICES, key) for key, _ in some])

    async def device(self, user_id: str, device_id: str) -> DeviceRow | None:
        """Return a device that is logged in."""
        return await self._store.first(DEVICE, user_id=user_id, device_id=device_id)

    async def is_by_oauth(self, requester: Requester) -> bool:
        """Whether this session was opened by the OAuth 2.0 API. Such a one always has a refresh token."""
        rows = await self._store.all(REFRESH_TOKENS_OF, user_id=requester.user_id, device_id=requester.device_id)
        return any(row.family is not None for row in rows)


def new_token() -> tuple[str, bytes]:
    """Make a token and the hash that it is stored as."""
    token = secrets.token_urlsafe(32)
    return token, hash_of(token)


def hash_of(token: str) -> bytes:
    """Return what a token is stored as. It is random, so a fast hash is as good as a slow one."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def family_of(refresh_token: str) -> str | None:
    """Return the part of a refresh token that all of its family share; none but theirs has one."""
    family, dot, _ = refresh_token.partition(".")
    return family if dot else None


def _state(session: SessionRow) -> AccountState:
    if session.locked_ts is not None:
        return "locked"
    return "free" if session.suspended_ts is None else "suspended"


def _hour(ts: int) -> int:
    return ts - ts % HOUR_MS


def token_body(tokens: Tokens) -> dict[str, Any]:
    """Return the fields of an answer that gives tokens out."""
    body: dict[str, Any] = {"access_token": tokens.access_token}
    if tokens.refresh_token is not None:
        body |= {"refresh_token": tokens.refresh_token, "expires_in_ms": tokens.expires_in_ms}
    return body
