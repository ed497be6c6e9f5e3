"""What the operator does to accounts: make, list and end them, and hand out registration tokens."""

from collections.abc import Sequence
from typing import Final

from amanat.core.errors import NotFound
from amanat.handlers.account_deactivation import Deactivation
from amanat.handlers.accounts import Accounts, NewAccount
from amanat.handlers.operator_acts import OPERATOR, Act, By, OperatorActs
from amanat.handlers.registration import Registration
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.store.accounts import UserRow

Account = UserRow
"""What the operator sees accounts by."""

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
        acts: OperatorActs,
    ) -> None:
        self._accounts = accounts
        self._registration = registration
        self._registration_tokens = registration_tokens
        self._deactivation = deactivation
        self._acts = acts

    async def create(
        self, username: str | None, *, password: str | None, kind: str = PERSON, is_admin: bool = False
    ) -> str:
        """Make an account and return its user id. A bot's user name is its localpart, a person's their handle."""
        names = self._accounts.names(username, kind=kind)
        made = await self._registration.create(
            NewAccount(names=names, kind=kind, is_admin=is_admin),
            password=password,
            note=self._acts.noting(OPERATOR, Act.CREATE, subject=names.user_id),
        )
        return made.user_id

    async def find(self, typed: str) -> UserRow:
        """Return the account in use that is meant by a user id, localpart or handle."""
        user = await self._accounts.find(typed)
        if user is None:
            raise NotFound("There is no account in use by that name.")
        return user

    async def deactivate(self, typed: str, *, erase: bool = False, reason: str = "") -> str:
        """End the account that is meant by a user id, localpart or handle; return its id."""
        user_id = (await self.find(typed)).user_id
        note = self._acts.noting(By(reason=reason), Act.DEACTIVATE, subject=user_id)
        await self._deactivation.deactivate(user_id, erase=erase, note=note)
        return user_id

    async def list(self, *, after: str = "") -> Sequence[UserRow]:
        """Return some accounts in the order of their ids, from the one after `after` on; none at the end."""
        return await self._accounts.page(after=after)

    async def new_registration_token(self, *, uses_allowed: int | None, expires_ts: int | None) -> str:
        """Make a token by which somebody may register."""
        note = self._acts.noting(OPERATOR, Act.REGISTRATION_TOKEN, subject="")
        return await self._registration_tokens.new(uses_allowed=uses_allowed, expires_ts=expires_ts, note=note)
