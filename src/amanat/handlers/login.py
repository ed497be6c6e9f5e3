"""Logging in: each way is a provider that says who somebody is. Spec: client-server-api#login."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from amanat.core.errors import BadJson, Forbidden, MissingParam, UnknownLoginType
from amanat.handlers.accounts import Accounts
from amanat.handlers.device_management import Devices
from amanat.handlers.interactive_auth import Auth
from amanat.handlers.passwords import Passwords
from amanat.handlers.sessions import NewDevice, Tokens
from amanat.store.accounts import UserRow

WRONG = "The user name or the password is wrong."


class LoginProvider(Protocol):
    """A way to log in: what `GET /login` lists of it, and who somebody is that uses it."""

    @property
    def flow(self) -> dict[str, Any]:
        """What `GET /login` lists."""
        ...

    async def identify(self, body: dict[str, Any]) -> UserRow:
        """Return whose account it is; raises Forbidden."""
        ...


class PasswordLogin:
    """Logs in by user name and password; as a stage, proves that somebody knows their own password."""

    def __init__(self, accounts: Accounts, *, passwords: Passwords, count: Callable[[str], None]) -> None:
        """Let `count` be told of each guess at an account and raise LimitExceeded when there were too many."""
        self._accounts = accounts
        self._passwords = passwords
        self._count = count

    @property
    def flow(self) -> dict[str, Any]:
        """Name the way."""
        return {"type": "m.login.password"}

    async def identify(self, body: dict[str, Any]) -> UserRow:
        """Return whose name and password these are; the answer to a wrong one never tells which was wrong."""
        typed = _user_of(body)
        if typed is None:
            raise MissingParam("A login names the user in `identifier`.")
        user = await self._accounts.find(typed)
        await self._verify(user, typed, password=_password_of(body))
        if user is None:
            raise Forbidden(WRONG)
        return user

    async def check(self, auth: Auth, *, owner: str | None) -> None:
        """Accept the password of the person who is asking, and nobody else's."""
        if owner is None:
            raise Forbidden(WRONG)
        typed = _user_of(auth) or owner
        user = await self._accounts.find(typed)
        if user is not None and user.user_id != owner:
            user = None
        await self._verify(user, typed, password=_password_of(auth))

    async def _verify(self, user: UserRow | None, typed: str, *, password: str) -> None:
        self._count(user.user_id if user else typed[:255])
        hashed = user.password_hash if user else None
        if not await self._passwords.verify(hashed, password):
            raise Forbidden(WRONG)


class Login:
    """Logs devices in."""

    def __init__(self, devices: Devices, *, providers: Sequence[LoginProvider]) -> None:
        self._devices = devices
        self._providers: dict[str, LoginProvider] = {}
        self.add(providers)

    def add(self, providers: Iterable[LoginProvider]) -> None:
        """Offer more ways to log in."""
        self._providers |= {provider.flow["type"]: provider for provider in providers}

    @property
    def flows(self) -> list[dict[str, Any]]:
        """The ways to log in."""
        return [provider.flow for provider in self._providers.values()]

    async def login(self, login_type: str, body: dict[str, Any], *, device: NewDevice) -> tuple[str, Tokens]:
        """Log a device in; return whose it is, and its tokens."""
        provider = self._providers.get(login_type)
        if provider is None:
            raise UnknownLoginType
        user = await provider.identify(body)
        return user.user_id, await self._devices.log_in(user.user_id, device)


def _user_of(body: dict[str, Any]) -> str | None:
    """Read `identifier`, or the `user` that stood in its place before."""
    # spec: client-server-api#identifier-types
    identifier = body.get("identifier")
    if identifier is None:
        typed = body.get("user")
    elif type(identifier) is not dict:
        raise BadJson("The `identifier` must be an object.")
    elif identifier.get("type") != "m.id.user":
        raise UnknownLoginType("People are identified here by `m.id.user` alone.")
    else:
        typed = identifier.get("user")
    if typed is not None and type(typed) is not str:
        raise BadJson("The `user` must be a string.")
    return typed


def _password_of(body: dict[str, Any]) -> str:
    password = body.get("password")
    if password is None:
        raise MissingParam("The `password` is missing.")
    if type(password) is not str:
        raise BadJson("The `password` must be a string.")
    return password
