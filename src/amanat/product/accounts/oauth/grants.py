"""Grants: what an app gives for tokens, and how its session ends.

Spec: client-server-api#grant-types. Whoever uses a code or a refresh token that was used before has stolen it, or it
was stolen from them; nobody can tell which, so the session ends.
"""

import hmac
import re
from collections.abc import Callable
from hashlib import sha256

import structlog
from msgspec import Struct
from msgspec.structs import replace
from prometheus_client import Counter

from amanat.core import base64url
from amanat.core.errors import MatrixError, UnknownToken, UserLocked
from amanat.db.tx import Need, Tx
from amanat.handlers.device_management import Devices
from amanat.handlers.sessions import Sessions, Tokens, family_of, hash_of
from amanat.product.accounts.oauth import scopes
from amanat.product.accounts.oauth.clients import Client, Clients
from amanat.product.accounts.oauth.errors import OAuthError
from amanat.product.accounts.oauth.identities import Identities
from amanat.product.accounts.oauth.tables import (
    CODE,
    CODES,
    OAUTH_SESSION,
    OAUTH_SESSIONS,
    CodeRow,
    OAuthSessionRow,
)
from amanat.store.accounts import USERS
from amanat.store.sessions import REFRESH_FAMILY, REFRESH_TOKEN, SESSION
from amanat.store.store import Store

log = structlog.get_logger()

STOLEN = Counter("amanat_product_oauth_replays_total", "Codes and refresh tokens that were used twice.", ["what"])

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


class Told(Struct, frozen=True, kw_only=True):
    """What an app is given that asks who somebody is and nothing else: a token for `userinfo`."""

    token: str


class Granted(Struct, frozen=True, kw_only=True):
    """What an app is given."""

    tokens: Tokens
    scope: str


class Entry(Struct, frozen=True, kw_only=True):
    """A device that is let in: whose, and by which app."""

    user_id: str
    client_id: str
    device_id: str
    scope: str


class Grants:
    """Gives out tokens for codes and refresh tokens, and ends sessions."""

    def __init__(
        self,
        store: Store,
        *,
        sessions: Sessions,
        devices: Devices,
        clients: Clients,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self.identities = Identities(store, now_ms=now_ms)
        self._sessions = sessions
        self._devices = devices
        self._clients = clients
        self._now_ms = now_ms

    # By code

    async def by_code(self, client: Client, *, code: str, redirect_uri: str, verifier: str) -> Granted | Told:
        """Give tokens for an authorisation code; an attempt that fails uses it up."""
        code_hash = hash_of(code)
        row = await self._store.first(CODE, code_hash=code_hash)
        if row is None:
            raise _invalid("This code is not known, or no longer.")
        fits = row.client_id == client.client_id and row.redirect_uri == redirect_uri
        fits = fits and is_proof(row.challenge, verifier) and self._now_ms() < row.expires_ts
        redeem = self._tell if row.scope == scopes.IDENTITY else self._redeem
        given = await redeem(row, client=client, fits=fits)
        if given is None:
            await self._end_replayed(row)
            raise _invalid("This code is not of this client, this redirect_uri and this code_verifier, or was used.")
        return given

    async def _redeem(self, row: CodeRow, *, client: Client, fits: bool) -> Granted | None:
        """Use a code up; give nothing if it had been before, or does not fit."""
        entry = Entry(user_id=row.user_id, client_id=row.client_id, device_id=row.device_id, scope=row.scope)
        await self._devices.make_room(entry.user_id, entry.device_id)

        def run(tx: Tx) -> Granted | None:
            held = tx.get(CODES, row.code_hash)
            if held is None or held.family is not None:
                return None
            if not fits:
                tx.put(CODES, replace(held, family=b""))
                return None
            granted = self.admit(tx, entry, client=client)
            tx.put(CODES, replace(held, family=_family_hash(granted.tokens)))
            return granted

        return await self._store.write(run, needs=[(CODES, (row.code_hash,)), *self.needs(entry)])

    async def _tell(self, row: CodeRow, *, client: Client, fits: bool) -> Told | None:
        """Use a code up that tells who somebody is: no device is made, and no session."""

        def run(tx: Tx) -> bool:
            held = tx.get(CODES, row.code_hash)
            if held is None or held.family is not None:
                return False
            tx.put(CODES, replace(held, family=b""))
            if fits:
                self._clients.use(tx, client.client_id)
            return fits

        needs = [(CODES, (row.code_hash,)), *self._clients.needs(client.client_id)]
        if not await self._store.write(run, needs=needs):
            return None
        return Told(token=self.identities.give(row.user_id, code_hash=row.code_hash))

    async def _end_replayed(self, row: CodeRow) -> None:
        self.identities.end_of_code(row.code_hash)
        used = await self._store.first(CODE, code_hash=row.code_hash)
        if used is not None and used.family:
            await self._end_family(used.family, what="code")

    # Inside the caller's unit of work

    def needs(self, entry: Entry) -> list[Need]:
        """Return what `admit` reads."""
        return [
            (USERS, (entry.user_id,)),
            *self._sessions.needs(entry.user_id, entry.device_id),
            *self._clients.needs(entry.client_id),
        ]

    def admit(self, tx: Tx, entry: Entry, *, client: Client) -> Granted:
        """Log a device in by an app. The caller has made room for it."""
        user = tx.get(USERS, entry.user_id)
        if user is None or user.deactivated_ts is not None:
            raise _invalid("There is no such account.")
        if user.locked_ts is not None:
            raise _invalid("This account has been locked by the operator of this server.")
        self._clients.use(tx, entry.client_id)
        device = self._devices.new(entry.device_id, client.name, refreshable=True)
        tokens = self._sessions.open(tx, entry.user_id, device=replace(device, by_oauth=True))
        row = OAuthSessionRow(entry.user_id, entry.device_id, entry.client_id, entry.scope, self._now_ms())
        tx.put(OAUTH_SESSIONS, row)
        return Granted(tokens=tokens, scope=entry.scope)

    # Refreshing

    async def by_refresh_token(self, client: Client, refresh_token: str) -> Granted:
        """Give the next tokens. A refresh token that has been replaced ends the session."""
        # spec: client-server-api#refresh-token-grant
        held = await self._store.first(REFRESH_TOKEN, token_hash=hash_of(refresh_token))
        if held is None or held.family is None:
            await self._end_reused(refresh_token)
            raise _invalid("This refresh token is not known, or no longer.")
        session = await self._store.first(OAUTH_SESSION, user_id=held.user_id, device_id=held.device_id)
        if session is None or session.client_id != client.client_id:
            raise _invalid("This refresh token is not of this client.")
        try:
            tokens = await self._sessions.refresh(refresh_token, by_oauth=True)
        except (UnknownToken, UserLocked) as error:
            raise _invalid(error.error) from None
        return Granted(tokens=tokens, scope=session.scope)

    async def _end_reused(self, refresh_token: str) -> None:
        family = family_of(refresh_token)
        if family is not None:
            await self._end_family(hash_of(family), what="refresh token")

    async def _end_family(self, family: bytes, *, what: str) -> None:
        found = await self._store.first(REFRESH_FAMILY, family=family)
        if found is None:
            return
        STOLEN.labels(what).inc()
        log.warning("oauth_session_ended", reason=f"{what} used twice", user_id=found.user_id)
        await self._devices.remove(found.user_id, [found.device_id])

    # Ending

    async def revoke(self, token: str) -> None:
        """Log the device of an access or refresh token out. One that is not known is none of anybody's."""
        # spec: client-server-api#token-revocation
        self.identities.end(token)
        found = await self._store.first(SESSION, token_hash=hash_of(token)) or await self._store.first(
            REFRESH_TOKEN, token_hash=hash_of(token)
        )
        if found is None:
            await self._end_reused(token)
        else:
            await self._devices.remove(found.user_id, [found.device_id])


class OAuthSessionData:
    """Forgets which app a device signed in with, when the device goes."""

    def needs(self, user_id: str, device_id: str) -> list[Need]:
        """Return what `remove` reads."""
        return [(OAUTH_SESSIONS, (user_id, device_id))]

    def remove(self, tx: Tx, user_id: str, *, device_id: str) -> None:
        """Delete it."""
        tx.delete(OAUTH_SESSIONS, user_id, device_id)


def is_proof(challenge: str, verifier: str) -> bool:
    """Whether `verifier` is what `challenge` was made from (RFC 7636, 4.6)."""
    if _VERIFIER.fullmatch(verifier) is None:
        return False
    made = base64url.encode(sha256(verifier.encode()).digest())
    return hmac.compare_digest(made.encode(), challenge.encode())


def _family_hash(tokens: Tokens) -> bytes:
    family = family_of(tokens.refresh_token or "")
    assert family is not None
    return hash_of(family)


def _invalid(description: str) -> MatrixError:
    return OAuthError("invalid_grant", description)
