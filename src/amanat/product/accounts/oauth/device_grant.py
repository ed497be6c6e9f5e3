"""A device without a browser, or without anybody signed in, is let in from another one.

Spec: client-server-api#device-authorisation-flow, RFC 8628. Who is sent a link by a stranger must not let the
stranger's device in with it: the link says all but two digits, which only the screen of the device itself shows.
"""

import hmac
import secrets
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import Forbidden, LimitExceeded, NotFound
from amanat.db.tx import Tx
from amanat.handlers.device_management import Devices
from amanat.handlers.sessions import hash_of, new_token
from amanat.product.accounts.oauth import scopes
from amanat.product.accounts.oauth.client_metadata import DEVICE
from amanat.product.accounts.oauth.clients import Client, Clients
from amanat.product.accounts.oauth.errors import OAuthError
from amanat.product.accounts.oauth.grants import Entry, Granted, Grants
from amanat.product.accounts.oauth.tables import (
    DEVICE_CODE,
    DEVICE_CODE_BY_USER_CODE,
    DEVICE_CODE_COUNT,
    DEVICE_CODES,
    OLD_DEVICE_CODES,
    DeviceCodeRow,
)
from amanat.store.store import Store

LIFETIME_MS: Final = 600_000
INTERVAL_S: Final = 5
SLACK_MS: Final = 1000
"""How much too early a device may ask: clocks and networks are not exact."""
MAX_WAITING: Final = 5_000
"""At some 400 bytes, all of them gone after ten minutes."""
MAX_MISSES: Final = 3
SWEPT_PER_UNIT: Final = 100

# RFC 8628, 6.1: no vowels, so that no words come of it. 34 bits, and guesses are counted.
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
_LENGTH: Final = 8
_DIGITS: Final = 2

WAITING: Final = "waiting"
APPROVED: Final = "approved"
DENIED: Final = "denied"


class Begun(Struct, frozen=True, kw_only=True):
    """What a device is given: the code it asks with, and what its screen shows."""

    device_code: str
    letters: str
    digits: str

    @property
    def user_code(self) -> str:
        """What somebody types who has no link."""
        return f"{shown(self.letters)}-{self.digits}"


class Waiting(Struct, frozen=True, kw_only=True):
    """A device that waits, as it is shown to whoever may let it in."""

    client: Client
    device_id: str
    place: str
    began_ts: int
    letters: str


class WrongCheckCode(Forbidden):
    """These are not the two digits that the other device shows."""


class DeviceGrant:
    """Lets devices in from other ones."""

    def __init__(
        self, store: Store, *, grants: Grants, clients: Clients, devices: Devices, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._grants = grants
        self._clients = clients
        self._devices = devices
        self._now_ms = now_ms
        self._asked: dict[bytes, int] = {}

    # The device that waits

    async def begin(self, client: Client, *, scope: str | None, place: str) -> Begun:
        """Begin to wait. `place` is the network that the device asks from."""
        if DEVICE not in client.metadata.grant_types:
            raise OAuthError("unauthorized_client", "This client has not registered for the device grant.")
        asked = scopes.read(scope)
        if asked.is_identity or not client.metadata.may_ask_for(asked):
            raise OAuthError("invalid_scope", "A device signs in by this grant, and the scope must name it.")
        waiting = await self._store.first(DEVICE_CODE_COUNT)
        if waiting is not None and waiting.number >= MAX_WAITING:
            raise LimitExceeded("Too many devices wait to be let in.", retry_after_ms=LIFETIME_MS)
        device_code, code_hash = new_token()
        letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
        digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        now = self._now_ms()
        row = DeviceCodeRow(
            device_code_hash=code_hash,
            user_code_hash=hash_of(letters),
            check_code=digits,
            misses=0,
            client_id=client.client_id,
            device_id=asked.device_id,
            scope=asked.text,
            place=place,
            began_ts=now,
            expires_ts=now + LIFETIME_MS,
            decision=WAITING,
            user_id=None,
        )

        def run(tx: Tx) -> None:
            self._clients.use(tx, client.client_id)
            tx.put(DEVICE_CODES, row)

        await self._store.write(run, needs=self._clients.needs(client.client_id))
        return Begun(device_code=device_code, letters=letters, digits=digits)

    async def poll(self, client: Client, device_code: str) -> Granted:
        """Give tokens once somebody has let the device in; raises OAuthError until then."""
        row = await self._store.first(DEVICE_CODE, device_code_hash=hash_of(device_code))
        if row is None or row.client_id != client.client_id:
            raise OAuthError("invalid_grant", "This device_code is not known, or no longer.")
        if row.expires_ts <= self._now_ms():
            raise OAuthError("expired_token", "Nobody has let the device in in time.")
        self._check_pace(row)
        if row.decision == WAITING:
            raise OAuthError("authorization_pending", "Nobody has decided yet.")
        if row.decision == DENIED or row.user_id is None:
            raise OAuthError("access_denied", "The device was not let in.")
        return await self._admit(row, client=client, user_id=row.user_id)

    def _check_pace(self, row: DeviceCodeRow) -> None:
        # RFC 8628, 3.5
        now, before = self._now_ms(), self._asked.get(row.device_code_hash)
        if len(self._asked) >= 2 * MAX_WAITING:
            self._asked.clear()
        self._asked[row.device_code_hash] = now
        if row.decision == WAITING and before is not None and now < before + INTERVAL_S * 1000 - SLACK_MS:
            raise OAuthError("slow_down", f"Ask every {INTERVAL_S} seconds.")

    async def _admit(self, row: DeviceCodeRow, *, client: Client, user_id: str) -> Granted:
        entry = Entry(user_id=user_id, client_id=row.client_id, device_id=row.device_id, scope=row.scope)
        await self._devices.make_room(user_id, row.device_id)

        def run(tx: Tx) -> Granted:
            held = tx.get(DEVICE_CODES, row.device_code_hash)
            if held is None:
                raise OAuthError("invalid_grant", "This device_code was used.")
            granted = self._grants.admit(tx, entry, client=client)
            tx.delete(DEVICE_CODES, row.device_code_hash)
            return granted

        needs = [(DEVICE_CODES, (row.device_code_hash,)), *self._grants.needs(entry)]
        granted = await self._store.write(run, needs=needs)
        self._asked.pop(row.device_code_hash, None)
        return granted

    # Who lets it in

    async def find(self, letters: str) -> Waiting | None:
        """Return the device that waits under these letters."""
        row = await self._row(letters)
        if row is None:
            return None
        client = await self._clients.get(row.client_id)
        return Waiting(client=client, device_id=row.device_id, place=row.place, began_ts=row.began_ts, letters=letters)

    async def _row(self, letters: str) -> DeviceCodeRow | None:
        row = await self._store.first(DEVICE_CODE_BY_USER_CODE, user_code_hash=hash_of(letters))
        return row if row is not None and row.decision == WAITING and self._now_ms() < row.expires_ts else None

    async def approve(self, letters: str, *, digits: str, user_id: str) -> None:
        """Let a device in; raises WrongCheckCode, and the third time there is no device any more."""
        row = await self._row(letters)

        def run(tx: Tx) -> bool:
            held = None if row is None else tx.get(DEVICE_CODES, row.device_code_hash)
            if held is None or held.decision != WAITING:
                raise NotFound("No device waits under this code, or no longer.")
            if hmac.compare_digest(held.check_code.encode(), digits.encode("utf-8", "replace")):
                tx.put(DEVICE_CODES, replace(held, decision=APPROVED, user_id=user_id))
                return True
            misses = held.misses + 1
            decision = DENIED if misses >= MAX_MISSES else WAITING
            tx.put(DEVICE_CODES, replace(held, misses=misses, decision=decision))
            return False

        needs = [] if row is None else [(DEVICE_CODES, (row.device_code_hash,))]
        if not await self._store.write(run, needs=needs):
            raise WrongCheckCode

    async def deny(self, letters: str, *, user_id: str) -> None:
        """Keep a device out."""
        row = await self._row(letters)
        if row is None:
            return

        def run(tx: Tx) -> None:
            held = tx.get(DEVICE_CODES, row.device_code_hash)
            if held is not None and held.decision == WAITING:
                tx.put(DEVICE_CODES, replace(held, decision=DENIED, user_id=user_id))

        await self._store.write(run, needs=[(DEVICE_CODES, (row.device_code_hash,))])

    async def sweep(self) -> None:
        """Delete what has waited too long."""
        before = self._now_ms()
        while old := await self._store.all(OLD_DEVICE_CODES, before=before, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[DeviceCodeRow] = old) -> None:
                for row in rows:
                    tx.delete(DEVICE_CODES, row.device_code_hash)

            await self._store.write(run)


def typed(code: str) -> tuple[str, str]:
    """Split what somebody typed into letters and digits, however they wrote it."""
    signs = [sign for sign in code.upper() if sign.isascii() and sign.isalnum()]
    letters = "".join(sign for sign in signs if sign.isalpha())
    digits = "".join(sign for sign in signs if sign.isdigit())
    return letters[:_LENGTH], digits[:_DIGITS]


def shown(letters: str) -> str:
    """Return the letters of a code in two halves, as people read them."""
    return f"{letters[:4]}-{letters[4:]}"
