"""Registering: who may, under what name, and with which device. Spec: client-server-api#account-registration."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.handlers.accounts import Accounts, NewAccount
from amanat.handlers.interactive_auth import DUMMY, REGISTRATION_TOKEN, Auth, InteractiveAuth, Purpose
from amanat.handlers.operator_acts import Noting, unnoted
from amanat.handlers.passwords import Passwords
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.handlers.sessions import NewDevice, Sessions, Tokens
from amanat.store.store import Store


class Registered(Struct, frozen=True, kw_only=True):
    """A new account, and its first device if one was logged in."""

    user_id: str
    device_id: str | None
    tokens: Tokens | None


class Registration:
    """Registers people: those who bring one of `tokens`, or anybody where there are none to bring."""

    def __init__(
        self,
        store: Store,
        *,
        accounts: Accounts,
        sessions: Sessions,
        passwords: Passwords,
        tokens: RegistrationTokens | None,
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._sessions = sessions
        self._passwords = passwords
        self._tokens = tokens
        self._flows: Sequence[Sequence[str]] = [[REGISTRATION_TOKEN]] if tokens else [[DUMMY]]

    async def check_available(self, username: str) -> None:
        """Raise InvalidUsername or UserInUse if nobody can register under this name."""
        await self._accounts.check_free(self._accounts.names(username))

    async def register(
        self,
        interactive_auth: InteractiveAuth,
        auth: Auth | None,
        *,
        username: str | None,
        password: str | None,
        device: NewDevice | None,
    ) -> Registered:
        """Register an account and, if `device` is given, log that in."""
        names = self._accounts.names(username)
        # The specification wants these refusals before any authentication.
        await self._accounts.check_free(names)
        purpose = Purpose(owner=None, operation=f"register {username or ''}", flows=self._flows)
        proved = await interactive_auth.prove(purpose, auth)
        password_hash = None if password is None else await self._passwords.hash(password)
        token_hash: bytes | None = proved.get(REGISTRATION_TOKEN)
        account = NewAccount(names=names, password_hash=password_hash)
        return await self._create(account, device=device, token_hash=token_hash)

    async def _create(
        self,
        account: NewAccount,
        *,
        device: NewDevice | None,
        token_hash: bytes | None = None,
        note: Noting = unnoted,
    ) -> Registered:
        user_id = account.names.user_id

        def run(tx: Tx) -> Tokens | None:
            self._accounts.create(tx, account)
            if self._tokens is not None and token_hash is not None:
                self._tokens.spend(tx, token_hash)
            note(tx)
            return None if device is None else self._sessions.open(tx, user_id, device=device)

        needs: list[Need] = [*self._accounts.needs(account.names)]
        if self._tokens is not None and token_hash is not None:
            needs += self._tokens.needs(token_hash)
        if device is not None:
            needs += self._sessions.needs(user_id, device.device_id)
        tokens = await self._store.write(run, needs=needs)
        return Registered(user_id=user_id, device_id=device.device_id if device else None, tokens=tokens)

    async def create(
        self,
        account: NewAccount,
        device: NewDevice | None = None,
        *,
        password: str | None = None,
        note: Noting = unnoted,
    ) -> Registered:
        """Make an account for the operator, who needs no leave."""
        password_hash = None if password is None else await self._passwords.hash(password)
        return await self._create(replace(account, password_hash=password_hash), device=device, note=note)
