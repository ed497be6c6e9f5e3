"""Profiles: setting one's own, and who sees it. Spec: client-server-api#profiles.

A profile is seen by those who share a room with its owner, and by whoever asks by the exact handle. To others it is
as if there were nobody; but who runs a service is told to whoever may write to it, before they do. DESIGN, sections 5
and 6.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from amanat.core import canonical_json, profile
from amanat.core.errors import Forbidden, NotFound, ProfileTooLarge, UserSuspended
from amanat.core.identifiers import HANDLE_FIELD, KEY_HOLDERS_FIELD, fits, localpart_of
from amanat.core.requester import Requester
from amanat.db.tx import Need, Tx
from amanat.handlers.accounts import Accounts
from amanat.handlers.jobs import Jobs
from amanat.handlers.media_references import change_avatar
from amanat.handlers.profile_spread import SPREAD
from amanat.store.accounts import USERS, UserRow
from amanat.store.profile import PROFILE, PROFILES, SHARES_ROOM, ProfileRow
from amanat.store.store import Store

FEW_ROOMS: Final = 20
"""With no more rooms than this, the answer waits until all of them show the change."""
HIDDEN: Final = "There is no such person, or their profile is not shown to you."


class Profiles:
    """Keeps profiles and shows them to those who may see them."""

    def __init__(self, store: Store, *, accounts: Accounts, jobs: Jobs, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._accounts = accounts
        self._jobs = jobs

    # Seeing

    async def get(self, requester: Requester | None, user_id: str) -> Mapping[str, Any]:
        """Return the fields that are set; raises NotFound if there are none to see, and Forbidden to strangers."""
        reader = _signed_in(requester)
        user = await self._existing(user_id)
        if not await self._is_shown(user, reader.user_id):
            raise NotFound(HIDDEN)
        return await self._fields(user)

    async def get_field(self, requester: Requester | None, user_id: str, *, field: str) -> Any:
        """Return one field; raises NotFound if it is not set."""
        if field == KEY_HOLDERS_FIELD:
            _signed_in(requester)
            stated = await self._fields(await self._existing(user_id))
            if field in stated:
                return stated[field]
        # Who states nothing is as hidden as anybody.
        fields = await self.get(requester, user_id)
        if field not in fields:
            raise NotFound("This profile does not have that field.")
        return fields[field]

    async def _existing(self, user_id: str) -> UserRow:
        user = await self._accounts.get(user_id) if fits(user_id) else None
        if user is None or user.deactivated_ts is not None:
            raise NotFound(HIDDEN)
        return user

    async def _fields(self, user: UserRow) -> dict[str, Any]:
        rows = await self._store.all(PROFILE, user_id=user.user_id)
        fields: dict[str, Any] = {row.field: msgspec.json.decode(row.value) for row in rows}
        if user.handle is not None:
            fields[HANDLE_FIELD] = user.handle
        return fields

    async def _is_shown(self, user: UserRow, to_user_id: str) -> bool:
        if user.user_id == to_user_id or localpart_of(user.user_id) == user.handle:
            return True
        return await self._store.first(SHARES_ROOM, user_id=to_user_id, other_id=user.user_id) is not None

    # Setting

    async def set_field(self, requester: Requester, user_id: str, *, field: str, value: Any) -> None:
        """Set a field of one's own profile; rooms follow if they show it."""
        _check_own(requester, user_id, field)
        if profile.is_removal(field, value):
            await self._put(user_id, field, None)
            return
        profile.check_value(field, value)
        await self._put(user_id, field, canonical_json.encode(value))

    async def delete_field(self, requester: Requester, user_id: str, *, field: str) -> None:
        """Remove a field of one's own profile."""
        _check_own(requester, user_id, field)
        await self._put(user_id, field, None)

    async def _put(self, user_id: str, field: str, value: bytes | None) -> None:
        """Set a field to JSON, or remove it."""
        if field == HANDLE_FIELD:
            await self._accounts.set_handle(user_id, None if value is None else msgspec.json.decode(value, type=str))
            return
        shown = field in profile.SHOWN_IN_ROOMS

        def run(tx: Tx) -> None:
            user = tx.get(USERS, user_id)
            if user is None or user.deactivated_ts is not None:
                raise Forbidden("This account has been deactivated.")
            if user.suspended_ts is not None:
                raise UserSuspended
            self._put_in(tx, user_id, field, value)
            if field == profile.DISPLAYNAME:
                name = "" if value is None else msgspec.json.decode(value, type=str)
                tx.put(USERS, replace(user, search_name=profile.search_name(name)))
            if shown:
                self._jobs.ask(tx, SPREAD, subject=user_id)

        needs: list[Need] = [(PROFILES, (user_id,)), (USERS, (user_id,)), *self._jobs.needs(SPREAD, user_id)]
        await self._store.write(run, needs=needs)
        if shown and len(await self._store.memberships.get(user_id) or {}) <= FEW_ROOMS:
            await self._jobs.done(SPREAD, user_id)

    def _put_in(self, tx: Tx, user_id: str, field: str, value: bytes | None) -> None:
        if field == profile.AVATAR_URL:
            before = tx.get(PROFILES, user_id, field)
            change_avatar(
                tx,
                user_id,
                before=_text(None if before is None else before.value),
                after=_text(value),
                ts=self._now_ms(),
            )
        if value is None:
            tx.delete(PROFILES, user_id, field)
            return
        others = sum(profile.size(row.field, row.value) for row in tx.scan(PROFILES, user_id) if row.field != field)
        if others + profile.size(field, value) > profile.MAX_PROFILE_BYTES:
            raise ProfileTooLarge
        tx.put(PROFILES, ProfileRow(user_id, field, value))


def _text(value: bytes | None) -> str | None:
    return None if value is None else msgspec.json.decode(value, type=str)


def _signed_in(requester: Requester | None) -> Requester:
    if requester is None:
        raise Forbidden("Profiles are shown to people with an account here alone.")
    return requester


def _check_own(requester: Requester, user_id: str, field: str) -> None:
    if user_id != requester.user_id:
        raise Forbidden("You can set your own profile alone.")
    profile.check_name(field)
