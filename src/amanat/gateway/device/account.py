"""The device's own account: made once, published once, and never without one-time keys.

Everything that changes it is on disk before the server hears of it: a key that the server gave away is always one that
this device still has.
"""

import asyncio
from typing import Any, Final, Literal

import structlog
from msgspec import Struct
from msgspec.structs import replace
from vodozemac import Account

from amanat.core import cross_signing
from amanat.core.errors import MatrixError
from amanat.core.signed_json import check_signature
from amanat.db.tx import Need, Tx
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.published_keys import (
    ONE_TIME,
    device_keys,
    fallback_key_of,
    fallback_keys,
    make_fallback_key,
    one_time_keys,
)
from amanat.gateway.device.tables import ACCOUNT, AccountRow
from amanat.gateway.signals import Signal

KEPT_ON_SERVER: Final = 50
"""One-time keys: what vodozemac makes at most at once, and what other clients keep."""

Vouched = Literal["vouched", "unsigned", "no identity"]

log = structlog.get_logger()


class WrongDevice(Exception):
    """The device of these credentials is not the one whose keys are here: its sentence says what happened."""


class Identity(Struct, frozen=True, kw_only=True):
    """Who the device is, for as long as it lives."""

    user_id: str
    device_id: str
    curve25519: str
    ed25519: str


class OwnAccount:
    """The account of one service's device."""

    def __init__(self, ground: Ground) -> None:
        self._store = ground.store
        self._api = ground.api
        self._pickles = ground.pickles
        self._user_id = ground.credentials.user_id
        self._device_id = ground.credentials.device_id
        self._held: tuple[int, bool] | None = None
        self._told = Signal()
        self.changing = asyncio.Lock()
        """Held by whoever has read the account until what they made of it is on disk."""
        self.identity: Identity

    @property
    def need(self) -> Need:
        """What a unit that changes the account declares."""
        return (ACCOUNT, (self._user_id,))

    async def open(self) -> Vouched:
        """Look whether the account is the device's, or make it if the server knows no keys of this device yet.

        Returns whether the service's owner has signed the device, which is theirs to do. Raises `WrongDevice` and
        `DamagedKeys`.
        """
        row = await self._row()
        known = await self._api.query_keys([self._user_id])
        published = known.get("device_keys", {}).get(self._user_id, {}).get(self._device_id)
        if row is None:
            row = await self._make(published)
        self._check(row, published)
        self.identity = Identity(
            user_id=row.user_id, device_id=row.device_id, curve25519=row.curve25519, ed25519=row.ed25519
        )
        self._pickles.account(row.pickle)  # opens, or raises now; nobody needs it in memory all the time
        if not row.published:
            await self._publish()
        return self._vouched(known, published)

    def note(self, counts: dict[str, int], *, unused_fallback: list[str] | None) -> None:
        """Take in how many one-time keys the server has left, as a sync tells it."""
        has_fallback = unused_fallback is None or ONE_TIME in unused_fallback
        self._held = counts.get(ONE_TIME, 0), has_fallback
        self._told.set()

    async def keep_topped_up(self) -> None:
        """Publish new keys whenever fewer than half are left, or the fallback key was given away."""
        while True:
            await self._told.wait()
            self._told.clear()
            assert self._held is not None
            count, has_fallback = self._held
            if count < KEPT_ON_SERVER // 2 or not has_fallback:
                await self.top_up(count, has_fallback=has_fallback)

    async def top_up(self, count: int, *, has_fallback: bool) -> None:
        """Make keys, keep them, publish them, and keep that they are published."""
        account = await self._made(count, has_fallback=has_fallback)
        keys = self._one_time_keys(account)
        if any(keys.values()):
            await self._api.upload_keys(keys)
            await self._note_published()

    async def _made(self, count: int, *, has_fallback: bool) -> Account:
        """Keep as many keys more as the server lacks; those that an earlier attempt made and did not publish count."""

        def make(tx: Tx) -> Account:
            account = self._opened(tx)
            missing = KEPT_ON_SERVER - count - len(account.one_time_keys)
            if count < KEPT_ON_SERVER // 2 and missing > 0:
                account.generate_one_time_keys(missing)
            if not has_fallback and not fallback_key_of(account):
                make_fallback_key(account)
            self._keep(tx, account)
            return account

        async with self.changing:
            return await self._store.write(make, needs=[self.need])

    def _one_time_keys(self, account: Account) -> dict[str, dict[str, Any]]:
        owner = {"user_id": self._user_id, "device_id": self._device_id}
        return {"one_time_keys": one_time_keys(account, **owner), "fallback_keys": fallback_keys(account, **owner)}

    async def _note_published(self) -> None:
        def note(tx: Tx) -> None:
            account = self._opened(tx)
            account.mark_keys_as_published()
            self._keep(tx, account, published=1)

        async with self.changing:
            await self._store.write(note, needs=[self.need])
        log.info("keys_published")

    def take(self, tx: Tx, account: Account) -> None:
        """Put an account that a message has used a one-time key of."""
        self._keep(tx, account)

    async def opened(self) -> Account:
        """Return the account as it is on disk."""
        row = await self._row()
        assert row is not None
        return self._pickles.account(row.pickle)

    def _opened(self, tx: Tx) -> Account:
        row = tx.get(ACCOUNT, self._user_id)
        assert row is not None
        return self._pickles.account(row.pickle)

    def _keep(self, tx: Tx, account: Account, *, published: int | None = None) -> None:
        row = tx.get(ACCOUNT, self._user_id)
        assert row is not None
        is_published = row.published if published is None else published
        tx.put(ACCOUNT, replace(row, pickle=self._pickles.seal(account), published=is_published))

    async def _row(self) -> AccountRow | None:
        return await self._store.write(lambda tx: tx.get(ACCOUNT, self._user_id), needs=[self.need])

    async def _make(self, published: dict[str, Any] | None) -> AccountRow:
        if published is not None:
            raise WrongDevice(
                f"The server knows keys of the device {self._device_id}, and this data does not: it was lost, or it is "
                "another's. Restore the service's data. If it is lost for good, sign in as a new device with "
                "`amanat service create`; it cannot read what was written before."
            )
        account = Account()
        row = AccountRow(
            user_id=self._user_id,
            device_id=self._device_id,
            curve25519=account.curve25519_key.to_base64(),
            ed25519=account.ed25519_key.to_base64(),
            pickle=self._pickles.seal(account),
            published=0,
        )
        await self._store.write(lambda tx: tx.put(ACCOUNT, row))
        return row

    def _check(self, row: AccountRow, published: dict[str, Any] | None) -> None:
        if row.device_id != self._device_id:
            raise WrongDevice(
                f"This data is of the device {row.device_id}, and the credentials are of {self._device_id}. A device "
                "keeps its data for life: use the credentials that belong to it."
            )
        if published is not None and published["keys"].get(f"ed25519:{self._device_id}") != row.ed25519:
            raise WrongDevice(f"The server knows other keys of the device {self._device_id} than this data holds.")

    async def _publish(self) -> None:
        """Publish the identity together with one-time keys: nobody sees a device that cannot be written to."""
        account = await self._made(0, has_fallback=False)
        keys = device_keys(account, user_id=self._user_id, device_id=self._device_id)
        await self._api.upload_keys({"device_keys": keys} | self._one_time_keys(account))
        await self._note_published()

    def _vouched(self, known: dict[str, Any], published: dict[str, Any] | None) -> Vouched:
        self_signing = known.get("self_signing_keys", {}).get(self._user_id)
        if self_signing is None:
            return "no identity"
        key = cross_signing.public_key(self_signing)
        try:
            check_signature(published or {}, user_id=self._user_id, key_id=f"ed25519:{key}", public_key=key)
        except MatrixError:
            return "unsigned"
        return "vouched"
