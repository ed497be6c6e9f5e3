"""Changing a password, and what it ends. Spec: client-server-api#password-management."""

from msgspec.structs import replace

from amanat.core.errors import NotFound
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.handlers.device_management import Devices
from amanat.handlers.passwords import Passwords
from amanat.handlers.sessions import Sessions
from amanat.store.accounts import USERS
from amanat.store.store import Store


class PasswordChange:
    """Changes passwords."""

    def __init__(self, store: Store, *, passwords: Passwords, devices: Devices, sessions: Sessions) -> None:
        self._store = store
        self._passwords = passwords
        self._devices = devices
        self._sessions = sessions

    async def change(self, requester: Requester, new_password: str, *, log_out_others: bool) -> None:
        """Give one's account another password; the device that asks stays logged in."""
        await self.set(requester.user_id, new_password)
        if log_out_others:
            await self._devices.remove_all(requester.user_id, but=requester.device_id)

    async def set(self, user_id: str, new_password: str) -> None:
        """Give an account another password; browsers sign in with the new one."""
        password_hash = await self._passwords.hash(new_password)

        def run(tx: Tx) -> None:
            user = tx.get(USERS, user_id)
            if user is None or user.deactivated_ts is not None:
                raise NotFound("There is no such account.")
            tx.put(USERS, replace(user, password_hash=password_hash))
            self._sessions.end_elsewhere(tx, user_id)

        await self._store.write(run, needs=[(USERS, (user_id,)), *self._sessions.elsewhere_needs(user_id)])
