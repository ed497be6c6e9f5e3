"""What the operator does to accounts: make, list and end them, and hand out registration tokens."""

from collections.abc import Sequence
from typing import Final

from amanat.core.errors import NotFound
from amanat.handlers.account_deactivation import Deactivation
from amanat.handlers.accounts import Accounts, NewAccount
from amanat.handlers.passwords import Passwords
from amanat.handlers.registration import Registration
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.store.accounts import UserRow

PERSON: Final = "person"
BOT: Final = "bot"


class AccountAdministration:
    """The operator's side of accounts; asks for no proof, so only the operator's own doors may lead here."""

    def __init__(
        self,
        accounts: Accounts,
        *,
        registration: Registration,
        registration_tokens: RegistrationTokens,
        deactivation: Deactivation,
        passwords: Passwords,
    ) -> None:
        self._accounts = accounts
        self._registration = registration
        self._registration_tokens = registration_tokens
        self._deactivation = deactivation
        self._passwords = passwords

    async def create(
        self, username: str | None, *, password: str | None, kind: str = PERSON, is_admin: bool = False
    ) -> str:
        """Make an account and return its user id. A bot's user name is its localpart, a person's their handle."""
        names = self._accounts.names(username, kind=kind)
        password_hash = None if password is None else await self._passwords.hash(password)
        made = await self._registration.create(
            NewAccount(names=names, kind=kind, is_admin=is_admin, password_hash=password_hash)
        )
        return made.user_id

    async def deactivate(self, typed: str, *, erase: bool = False) -> str:
        """End the account that is meant by a user id, localpart or handle; return its id."""
        user = await self._accounts.find(typed)
        if user is None:
            raise NotFound("There is no account in use by that name.")
        await self._deactivation.deactivate(user.user_id, erase=erase)
        return user.user_id

    async def list(self, *, after: str = "") -> Sequence[UserRow]:
        """Return some accounts in the order of their ids, from the one after `after` on; none at the end."""
        return await self._accounts.page(after=after)

    async def new_registration_token(self, *, uses_allowed: int | None, expires_ts: int | None) -> str:
        """Make a token by which somebody may register."""
        return await self._registration_tokens.new(uses_allowed=uses_allowed, expires_ts=expires_ts)
