"""Passkeys: adding, listing and removing them, and signing in with one.

A passkey is found by the authenticator itself (discoverable) and used after its owner has proved to be there.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from msgspec.structs import replace

from amanat.core.errors import InvalidParam, NotFound, ResourceLimitExceeded
from amanat.db.tx import Need, Tx
from amanat.handlers.accounts import Accounts
from amanat.product.accounts.credentials.errors import PasskeyRefused
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.credentials.passkey_ceremonies import Credential, PasskeyCeremonies, claimed
from amanat.product.accounts.credentials.tables import (
    PASSKEYS,
    PASSKEYS_BY_CREDENTIAL,
    PASSKEYS_OF_USER,
    PasskeyRow,
)
from amanat.store.accounts import USERS
from amanat.store.store import Store

MAX_PASSKEYS: Final = 20
MAX_NAME: Final = 64
HOUR_MS: Final = 3_600_000


class Passkeys:
    """Keeps passkeys. `binding` names the browser or device that a ceremony begins and ends in."""

    def __init__(
        self,
        store: Store,
        *,
        accounts: Accounts,
        notices: Notices,
        ceremonies: PasskeyCeremonies,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._notices = notices
        self._ceremonies = ceremonies
        self._now_ms = now_ms

    # Adding

    @property
    def rp_id(self) -> str:
        """The domain that passkeys are bound to."""
        return self._ceremonies.rp_id

    async def registration_options(self, user_id: str, *, binding: str) -> dict[str, Any]:
        """Return what `navigator.credentials.create` takes as `publicKey`, in JSON."""
        user = await self._accounts.get(user_id)
        name = user.handle if user is not None and user.handle is not None else "Amanat"
        held = [row.credential_id for row in await self.list(user_id)]
        return self._ceremonies.creation_options(user_id, name=name, held=held, binding=binding)

    async def register(self, user_id: str, credential: Credential, *, name: str, binding: str) -> PasskeyRow:
        """Add the passkey that an authenticator has made; raises PasskeyRefused."""
        name = _checked_name(name)
        made = self._ceremonies.made(user_id, credential, binding=binding)
        if await self._store.all(PASSKEYS_BY_CREDENTIAL, credential_id=made.credential_id):
            raise PasskeyRefused("This passkey was added before.")
        row = PasskeyRow(
            user_id=user_id,
            credential_id=made.credential_id,
            public_key=made.public_key,
            sign_count=made.sign_count,
            name=name,
            prf=int(made.prf),
            backed_up=int(made.backed_up),
            created_ts=self._now_ms(),
            used_ts=None,
        )

        def run(tx: Tx) -> PasskeyRow:
            if sum(1 for _ in tx.scan(PASSKEYS, user_id)) >= MAX_PASSKEYS:
                raise ResourceLimitExceeded(f"An account has at most {MAX_PASSKEYS} passkeys.")
            tx.put(PASSKEYS, row)
            self._notices.add(tx, user_id, kind=Kind.PASSKEY_ADDED)
            return row

        return await self._store.write(run, needs=self._needs(user_id))

    # Signing in

    def authentication_options(self, *, binding: str) -> dict[str, Any]:
        """Return what `navigator.credentials.get` takes as `publicKey`, in JSON."""
        return self._ceremonies.request_options(binding=binding)

    async def authenticate(self, credential: Credential, *, binding: str) -> str:
        """Return whose passkey it is that an authenticator has used; raises PasskeyRefused."""
        challenge = self._ceremonies.take_challenge(binding=binding)
        row = await self._meant(credential)
        if row is None:
            raise PasskeyRefused
        count = self._ceremonies.sign_count(credential, challenge=challenge, public_key=row.public_key)
        await self._use(row, count)
        return row.user_id

    async def _meant(self, credential: Credential) -> PasskeyRow | None:
        """Return the passkey of the account that the authenticator names."""
        named = claimed(credential)
        if named is None:
            return None
        credential_id, handle = named
        rows = await self._store.all(PASSKEYS_BY_CREDENTIAL, credential_id=credential_id)
        return next((row for row in rows if self._ceremonies.user_handle(row.user_id) == handle), None)

    async def _use(self, used: PasskeyRow, sign_count: int) -> None:
        user_id, now = used.user_id, self._now_ms()

        def run(tx: Tx) -> bool:
            row, user = tx.get(PASSKEYS, user_id, used.credential_id), tx.get(USERS, user_id)
            if row is None or user is None or user.deactivated_ts is not None:
                return False
            if max(sign_count, row.sign_count) > 0 and sign_count <= row.sign_count:
                # WebAuthn, section 6.1.1: two of them count, so one is a copy.
                self._notices.add(tx, user_id, kind=Kind.PASSKEY_COPIED)
                return False
            tx.put(PASSKEYS, replace(row, sign_count=sign_count, used_ts=now - now % HOUR_MS))
            return True

        needs: list[Need] = [(USERS, (user_id,)), (PASSKEYS, (user_id, used.credential_id))]
        if not await self._store.write(run, needs=[*needs, *self._notices.needs(user_id)]):
            raise PasskeyRefused

    # The list

    async def list(self, user_id: str) -> Sequence[PasskeyRow]:
        """Return an account's passkeys, the oldest first."""
        return await self._store.all(PASSKEYS_OF_USER, user_id=user_id)

    async def remove(self, user_id: str, credential_id: bytes) -> None:
        """Take a passkey away from an account."""

        def run(tx: Tx) -> None:
            if tx.get(PASSKEYS, user_id, credential_id) is None:
                raise NotFound("You have no such passkey.")
            tx.delete(PASSKEYS, user_id, credential_id)
            self._notices.add(tx, user_id, kind=Kind.PASSKEY_REMOVED)

        await self._store.write(run, needs=self._needs(user_id))

    def _needs(self, user_id: str) -> Sequence[Need]:
        return [(PASSKEYS, (user_id,)), *self._notices.needs(user_id)]


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME or not name.isprintable():
        raise InvalidParam(f"A passkey's name has 1 to {MAX_NAME} printable characters.")
    return name
