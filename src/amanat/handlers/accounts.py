"""Accounts: what a new one is called, who has which handle, and who is meant by what somebody types.

A localpart is random and never given twice; people are found by their handle, which they may change. DESIGN, section 5.
"""

import secrets
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import handles
from amanat.core.errors import InvalidUsername, NotFound, UserInUse, UserSuspended
from amanat.core.identifiers import fits, is_localpart, localpart_of, server_of
from amanat.db.tx import Need, Tx
from amanat.store.accounts import HANDLES, USER, USER_BY_HANDLE, USERS, USERS_PAGE, HandleRow, UserRow
from amanat.store.store import Store

BASE32: Final = "abcdefghijklmnopqrstuvwxyz234567"
LOCALPART_LENGTH: Final = 13
"""65 bits: nobody guesses one, and no two are alike."""
USERS_PER_PAGE: Final = 100


class Names(Struct, frozen=True, kw_only=True):
    """What a new account will be called."""

    user_id: str
    handle: str | None


class NewAccount(Struct, frozen=True, kw_only=True):
    """An account to be made. `kind` is "person" or "bot"."""

    names: Names
    kind: str = "person"
    is_admin: bool = False
    password_hash: str | None = None


class Accounts:
    """Makes accounts and finds them. With `usernames_are_ids` (in `lab`) a user name becomes the localpart."""

    def __init__(self, store: Store, *, server_name: str, usernames_are_ids: bool, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._server_name = server_name
        self._usernames_are_ids = usernames_are_ids
        self._now_ms = now_ms

    # Names

    def user_id(self, localpart: str) -> str:
        """Return the user id with this localpart on this server."""
        return f"@{localpart}:{self._server_name}"

    def names(self, username: str | None, *, kind: str = "person") -> Names:
        """Choose the names of a new account; raises InvalidUsername."""
        if username is None or not (self._usernames_are_ids or kind == "bot"):
            handle = None if username is None else handles.normalise(username)
            minted = "".join(secrets.choice(BASE32) for _ in range(LOCALPART_LENGTH))
            return Names(user_id=self.user_id(minted), handle=handle)
        user_id = self.user_id(username)
        if not is_localpart(username) or not fits(user_id):
            raise InvalidUsername("A user name has only the characters a-z, 0-9, '.', '_', '=', '-', '/' and '+'.")
        return Names(user_id=user_id, handle=username if handles.is_handle(username) else None)

    async def check_free(self, names: Names) -> None:
        """Raise UserInUse if somebody else has one of the names."""
        for user_id in self._claimed(names):
            if await self._store.first(USER, user_id=user_id) is not None:
                raise UserInUse
        if names.handle is not None and await self._by_look(names.handle) is not None:
            raise UserInUse

    def _claimed(self, names: Names) -> list[str]:
        """A handle must not be taken for the id of somebody else, so it is refused if it is one."""
        as_id = [] if names.handle is None else [self.user_id(names.handle)]
        return list(dict.fromkeys([names.user_id, *as_id]))

    # Making, inside the caller's unit of work

    def needs(self, names: Names) -> Sequence[Need]:
        """Return what `create` reads."""
        needs: list[Need] = [(USERS, (user_id,)) for user_id in self._claimed(names)]
        if names.handle is not None:
            needs.append((HANDLES, (handles.fold(names.handle),)))
        return needs

    def create(self, tx: Tx, account: NewAccount) -> None:
        """Make an account; raises UserInUse."""
        names = account.names
        if any(tx.get(USERS, user_id) is not None for user_id in self._claimed(names)):
            raise UserInUse
        if names.handle is not None:
            self._claim_handle(tx, names.handle, names.user_id)
        tx.put(
            USERS,
            UserRow(
                user_id=names.user_id,
                kind=account.kind,
                is_admin=int(account.is_admin),
                created_ts=self._now_ms(),
                deactivated_ts=None,
                erased=0,
                handle=names.handle,
                password_hash=account.password_hash,
                search_name="",
            ),
        )

    def _claim_handle(self, tx: Tx, handle: str, user_id: str) -> None:
        folded = handles.fold(handle)
        held = tx.get(HANDLES, folded)
        if held is not None and held.user_id != user_id:
            raise UserInUse("That user name is taken, or looks like one that is.")
        tx.put(HANDLES, HandleRow(folded, user_id))

    # Handles

    async def set_handle(self, user_id: str, handle: str | None) -> None:
        """Change what a person is found by, or let it go; raises InvalidUsername and UserInUse."""
        handle = None if handle is None else handles.normalise(handle)
        before = await self.get(user_id)
        if before is None:
            raise NotFound("There is no such account.")
        claimed = None if handle is None else self.user_id(handle)
        folded = [handles.fold(name) for name in (before.handle, handle) if name is not None]

        def run(tx: Tx) -> None:
            user = tx.get(USERS, user_id)
            if user is None or user.handle != before.handle:
                raise UserInUse("This user name was being changed already; try again.")
            if user.suspended_ts is not None:
                raise UserSuspended
            if claimed not in (None, user_id) and tx.get(USERS, claimed) is not None:
                raise UserInUse
            if handle is not None:
                self._claim_handle(tx, handle, user_id)
            if user.handle is not None and (handle is None or handles.fold(handle) != handles.fold(user.handle)):
                tx.delete(HANDLES, handles.fold(user.handle))
            tx.put(USERS, replace(user, handle=handle))

        needs: list[Need] = [(HANDLES, (name,)) for name in folded]
        needs += [(USERS, (claimed_id,)) for claimed_id in {user_id, claimed} if claimed_id is not None]
        await self._store.write(run, needs=needs)

    # Finding

    async def get(self, user_id: str) -> UserRow | None:
        """Return an account, even one that has been deactivated."""
        return await self._store.first(USER, user_id=user_id)

    async def page(self, *, after: str = "") -> list[UserRow]:
        """Return some accounts in the order of their ids, from the one after `after` on."""
        return await self._store.all(USERS_PAGE, after=after, max_rows=USERS_PER_PAGE)

    async def find(self, typed: str) -> UserRow | None:
        """Return the active account that is meant by a user id, a localpart or a handle."""
        if not fits(typed):
            return None
        localpart = typed
        if typed.startswith("@"):
            if server_of(typed) != self._server_name:
                return None
            localpart = localpart_of(typed)
        found = await self.get(self.user_id(localpart)) or await self.by_handle(localpart)
        return None if found is None or found.deactivated_ts is not None else found

    async def by_handle(self, typed: str) -> UserRow | None:
        """Return who has exactly this handle. Whoever has one that only looks like it is somebody else."""
        try:
            handle = handles.normalise(typed)
        except InvalidUsername:
            return None
        found = await self._by_look(handle)
        return found if found is not None and found.handle == handle else None

    async def _by_look(self, handle: str) -> UserRow | None:
        return await self._store.first(USER_BY_HANDLE, folded=handles.fold(handle))
