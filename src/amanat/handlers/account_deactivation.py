"""Deactivation: an account ends, and only its id stays. Spec: client-server-api#account-deactivation."""

from collections.abc import Awaitable, Callable
from typing import Final

from msgspec.structs import replace

from amanat.core import handles
from amanat.core.errors import NotFound
from amanat.db.tx import Need, Tx
from amanat.handlers.device_management import Devices
from amanat.handlers.jobs import Jobs
from amanat.handlers.operator_acts import Noting, unnoted
from amanat.handlers.sessions import Sessions
from amanat.store.accounts import HANDLES, USER, USERS
from amanat.store.profile import PROFILES
from amanat.store.store import Store

CLEAR: Final = "account_deactivation"
"""The kind of job; its subject is whose account has ended."""


class Deactivation:
    """Ends accounts. At once nobody can get in or find the person; what they leave behind is cleared by a job.

    Whoever keeps something of a person adds to `clears` what removes it: a function of the user id that may be
    called twice.
    """

    def __init__(
        self, store: Store, *, sessions: Sessions, devices: Devices, jobs: Jobs, now_ms: Callable[[], int]
    ) -> None:
        self.clears: list[Callable[[str], Awaitable[None]]] = [devices.remove_all]
        self._store = store
        self._sessions = sessions
        self._jobs = jobs
        self._now_ms = now_ms
        jobs.workers[CLEAR] = self._clear

    async def deactivate(self, user_id: str, *, erase: bool, note: Noting = unnoted) -> None:
        """End an account for ever. `erase` is kept: what its owner said is then shown to no newcomer (MSC4025)."""
        before = await self._store.first(USER, user_id=user_id)
        if before is None:
            raise NotFound("There is no such account.")
        folded = [] if before.handle is None else [handles.fold(before.handle)]

        def run(tx: Tx) -> None:
            user = tx.get(USERS, user_id)
            if user is None or user.handle != before.handle:
                raise NotFound("This account was being changed; try again.")
            for name in folded:
                tx.delete(HANDLES, name)
            for row in tx.scan(PROFILES, user_id):
                tx.delete(PROFILES, user_id, row.field)
            self._sessions.end_all(tx, user_id)
            since = user.deactivated_ts or self._now_ms()
            ended = replace(user, deactivated_ts=since, erased=int(bool(user.erased) or erase))
            tx.put(USERS, replace(ended, is_admin=0, handle=None, password_hash=None, search_name=""))
            self._jobs.ask(tx, CLEAR, subject=user_id)
            note(tx)

        needs: list[Need] = [(USERS, (user_id,)), (PROFILES, (user_id,)), *((HANDLES, (name,)) for name in folded)]
        needs += [*self._sessions.all_needs(user_id), *self._jobs.needs(CLEAR, user_id)]
        await self._store.write(run, needs=needs)

    async def _clear(self, user_id: str) -> None:
        for clear in self.clears:
            await clear(user_id)
