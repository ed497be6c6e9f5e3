"""Suspending and locking accounts, and lifting it. Spec: client-server-api#account-locking, #account-suspension."""

from collections.abc import Callable

from msgspec.structs import replace

from amanat.core.errors import Forbidden, InvalidParam, NotFound
from amanat.core.identifiers import server_of
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.handlers.accounts import Accounts
from amanat.handlers.operator_acts import Act, By, OperatorActs
from amanat.handlers.sessions import Sessions
from amanat.store.accounts import USERS, UserRow
from amanat.store.store import Store


class AccountModeration:
    """Keeps people from acting, or from using their account at all; nothing of theirs is lost.

    Tokens of a locked account are kept, so that its owner is where they were once the lock is lifted; browsers are
    signed out.
    """

    def __init__(
        self,
        store: Store,
        *,
        accounts: Accounts,
        sessions: Sessions,
        acts: OperatorActs,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._sessions = sessions
        self._acts = acts
        self._now_ms = now_ms

    async def set_suspended(self, user_id: str, suspended: bool, *, by: By) -> None:
        """Suspend an account, or lift that."""
        note = self._acts.noting(by, Act.SUSPEND if suspended else Act.UNSUSPEND, subject=user_id)

        def run(tx: Tx) -> None:
            user = _active(tx, user_id)
            if (user.suspended_ts is not None) is not suspended:
                tx.put(USERS, replace(user, suspended_ts=self._now_ms() if suspended else None))
                self._sessions.restate(tx, user_id, is_locked=user.locked_ts is not None)
                note(tx)

        await self._store.write(run, needs=[(USERS, (user_id,))])

    async def set_locked(self, user_id: str, locked: bool, *, by: By) -> None:
        """Lock an account, or lift that."""
        note = self._acts.noting(by, Act.LOCK if locked else Act.UNLOCK, subject=user_id)

        def run(tx: Tx) -> None:
            user = _active(tx, user_id)
            if (user.locked_ts is not None) is locked:
                return
            tx.put(USERS, replace(user, locked_ts=self._now_ms() if locked else None))
            self._sessions.restate(tx, user_id, is_locked=locked)
            if locked:
                self._sessions.end_elsewhere(tx, user_id)
            note(tx)

        needs = [(USERS, (user_id,)), *self._sessions.elsewhere_needs(user_id)]
        await self._store.write(run, needs=needs)

    async def subject(self, requester: Requester, user_id: str) -> UserRow:
        """Return the account that an administrator may look at and, but for their own, act on."""
        # First who asks: a stranger must not learn which accounts there are.
        if not requester.is_admin:
            raise Forbidden("Only an administrator of this server may do this.")
        if server_of(user_id) != server_of(requester.user_id):
            raise InvalidParam("This person is not of this server.")
        user = await self._accounts.get(user_id) if "\0" not in user_id else None
        if user is None or user.deactivated_ts is not None:
            raise NotFound("There is no such account.")
        # spec: client-server-api#server-administration
        if user.is_admin and user_id != requester.user_id:
            raise Forbidden("This is another administrator's account.")
        return user


def _active(tx: Tx, user_id: str) -> UserRow:
    user = tx.get(USERS, user_id)
    if user is None or user.deactivated_ts is not None:
        raise NotFound("There is no account in use by that name.")
    return user
