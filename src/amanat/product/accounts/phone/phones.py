"""Whose number it is: one number per account, one account per number."""

from collections.abc import Callable

from amanat.core import phone_numbers
from amanat.db.tx import Need, Tx
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.errors import NumberInUse
from amanat.product.accounts.phone.phone_keys import PhoneKeys
from amanat.product.accounts.phone.tables import (
    PHONE_CODES,
    PHONE_OF_USER,
    PHONE_OWNER,
    PHONE_OWNERS,
    PHONES,
    PhoneOwnerRow,
    PhoneRow,
)
from amanat.store.store import Store


class Phones:
    """Links numbers to accounts. Its methods with a `tx` are parts of units of work."""

    def __init__(self, store: Store, *, keys: PhoneKeys, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._keys = keys
        self._now_ms = now_ms

    async def owner(self, number_hash: bytes) -> str | None:
        """Return the account of a number."""
        row = await self._store.first(PHONE_OWNER, number_hash=number_hash)
        return None if row is None else row.user_id

    def hash_of(self, e164: str) -> bytes:
        """Return what a number is looked up by."""
        return self._keys.number_hash(e164)

    async def number(self, user_id: str) -> str | None:
        """Return an account's number in clear: for its owner's export."""
        row = await self._store.first(PHONE_OF_USER, user_id=user_id)
        return None if row is None else self._keys.unseal(row.sealed_number, about=_about(user_id))

    async def masked(self, user_id: str) -> str | None:
        """Return an account's number as it is shown: +62 ••• ••34."""
        number = await self.number(user_id)
        return None if number is None else phone_numbers.mask(number)

    def number_in(self, tx: Tx, user_id: str) -> str | None:
        """Return a number in clear inside the unit of work that writes down who is told, after `needs`."""
        row = tx.get(PHONES, user_id)
        return None if row is None else self._keys.unseal(row.sealed_number, about=_about(user_id))

    def masked_in(self, tx: Tx, user_id: str) -> str | None:
        """Return it as it is shown, in the same way."""
        number = self.number_in(tx, user_id)
        return None if number is None else phone_numbers.mask(number)

    def needs(self, user_id: str, phone: Phone | None = None) -> list[Need]:
        """Return what `unlink` reads; with the `phone`, what `link` and `take_over` do too."""
        own: list[Need] = [(PHONES, (user_id,))]
        return own if phone is None else [*own, (PHONE_OWNERS, (phone.number_hash,))]

    def link(self, tx: Tx, phone: Phone, *, user_id: str) -> None:
        """Give an account a number, in place of the one it had; raises `NumberInUse`."""
        owner = tx.get(PHONE_OWNERS, phone.number_hash)
        if owner is not None and owner.user_id != user_id:
            raise NumberInUse
        self.take_over(tx, phone, user_id=user_id)

    def take_over(self, tx: Tx, phone: Phone, *, user_id: str) -> str | None:
        """Give an account a number, even that of another, and return whose it was.

        Whether that may be is the caller's to decide. Nothing but the number moves.
        """
        owner = tx.get(PHONE_OWNERS, phone.number_hash)
        loser = None if owner is None or owner.user_id == user_id else owner.user_id
        if loser is not None:
            tx.delete(PHONES, loser)
        self.unlink(tx, user_id)
        sealed = self._keys.seal(phone.number, about=_about(user_id))
        tx.put(PHONES, PhoneRow(user_id, phone.number_hash, sealed, self._now_ms()))
        tx.put(PHONE_OWNERS, PhoneOwnerRow(phone.number_hash, user_id))
        return loser

    def unlink(self, tx: Tx, user_id: str) -> None:
        """Take an account's number away from it, if it has one."""
        row = tx.get(PHONES, user_id)
        if row is not None:
            tx.delete(PHONES, user_id)
            tx.delete(PHONE_OWNERS, row.number_hash)
            tx.delete(PHONE_CODES, row.number_hash)

    async def forget(self, user_id: str) -> None:
        """Take an account's number away when it ends."""
        await self._store.write(lambda tx: self.unlink(tx, user_id), needs=self.needs(user_id))


def _about(user_id: str) -> str:
    return f"account {user_id}"
