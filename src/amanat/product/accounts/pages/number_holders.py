"""Whose a number is, and whether it opens their account by itself."""

from amanat.handlers.accounts import Accounts
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.credentials.pins import Pins
from amanat.product.accounts.phone.codes import Phone
from amanat.product.accounts.phone.phones import Phones


class NumberHolders:
    """Knows the accounts that numbers open."""

    def __init__(self, phones: Phones, *, accounts: Accounts, pins: Pins, notices: Notices) -> None:
        self._phones = phones
        self._accounts = accounts
        self._notices = notices
        self.pins = pins

    async def owner(self, phone: Phone) -> str | None:
        """Return the active account of a number."""
        user_id = await self._phones.owner(phone.number_hash)
        account = None if user_id is None else await self._accounts.get(user_id)
        return None if account is None or account.deactivated_ts is not None else account.user_id

    async def is_guarded(self, user_id: str) -> bool:
        """Whether an account has a PIN. It is asked for even when its lock has lapsed: then it opens the account,

        and the number without it makes a new one.
        """
        guarded = await self.pins.lapses_ts(user_id) is not None
        if guarded:
            await self.pins.tell_asked(user_id)
        return guarded

    async def tell_entered(self, user_id: str) -> None:
        """Tell an account's devices that it was entered without one of them."""
        await self._notices.tell(user_id, Kind.ENTERED)
