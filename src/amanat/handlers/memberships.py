"""Coming, going and being sent away: every change of a membership. Spec: client-server-api#room-membership."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from amanat.core import canonical_json
from amanat.core.errors import BadJson, Forbidden, NotFound, NotLeft, ThreepidDenied, UnableToGrantJoin
from amanat.core.events import Draft
from amanat.core.identifiers import is_user_id
from amanat.core.restricted_join import is_restricted, named_inviters, rooms_allowed
from amanat.db.tx import Need, Tx
from amanat.handlers.append import Appender
from amanat.handlers.invitations import Invitations
from amanat.handlers.people import member_content
from amanat.store.room_memory import Room
from amanat.store.rooms import HEROES, MEMBERS, SOME_MEMBERS, MemberRow
from amanat.store.store import Store

ROOMS_PER_UNIT = 50
"""Rooms that somebody leaves in one unit of work, so that it stays within 5 ms."""
MAX_VOUCHERS = 20
"""People asked after when somebody needs a joined member to vouch for them."""

VOUCHER = "join_authorised_via_users_server"


class Change(Struct, frozen=True, kw_only=True):
    """A change of membership about to be made. `exact`: it is done already only if sender and content are the same."""

    room_id: str
    sender: str
    target: str
    content: dict[str, Any]
    exact: bool = False

    def is_done(self, held: MemberRow) -> bool:
        """Whether the target's member event says so already."""
        if not self.exact:
            return held.membership == str(self.content["membership"])
        return held.sender == self.sender and held.content == canonical_json.encode(self.content)


Check = Callable[[Tx, Room, str], None]
"""What else must hold, given the room and the target's membership; raises if it does not."""


class Memberships:
    """Changes memberships. Asking for what is so already sends nothing."""

    def __init__(
        self, store: Store, *, appender: Appender, invitations: Invitations, now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._appender = appender
        self._invitations = invitations
        self._now_ms = now_ms

    # By oneself

    async def join(self, user_id: str, *, room_id: str, reason: str | None = None) -> None:
        """Join a room, by its own rule or through one whose members it lets in."""
        await self._find(room_id)
        appearance = (await self._invitations.appearances([user_id])).get(user_id)
        content = member_content("join", appearance, reason=reason)
        await self._join(Change(room_id=room_id, sender=user_id, target=user_id, content=content))

    async def knock(self, user_id: str, *, room_id: str, reason: str | None = None) -> None:
        """Ask to be let in."""
        await self._find(room_id)
        appearance = (await self._invitations.appearances([user_id])).get(user_id)
        content = member_content("knock", appearance, reason=reason)
        await self._change(Change(room_id=room_id, sender=user_id, target=user_id, content=content))

    async def leave(self, user_id: str, *, room_id: str, reason: str | None = None) -> None:
        """Leave a room, decline an invitation or take back a knock."""
        content = member_content("leave", reason=reason)
        await self._change(Change(room_id=room_id, sender=user_id, target=user_id, content=content))

    async def leave_all(self, user_id: str) -> None:
        """Take somebody out of every room that they are in, invited to or knocking on, some rooms at a time."""
        held = await self._store.memberships.get(user_id) or {}
        rooms = [room_id for room_id, each in held.items() if each.membership in ("join", "invite", "knock")]
        for start in range(0, len(rooms), ROOMS_PER_UNIT):
            await self._leave_some(user_id, rooms[start : start + ROOMS_PER_UNIT])

    async def forget(self, user_id: str, *, room_id: str) -> None:
        """Stop being told of a room that one has left."""

        def run(tx: Tx) -> None:
            held = tx.get(MEMBERS, room_id, user_id)
            if held is None or held.forgotten:
                return
            if held.membership not in ("leave", "ban"):
                raise NotLeft
            tx.put(MEMBERS, replace(held, forgotten=1))
            known = tx.see(self._store.memberships, user_id) or {}
            if room_id in known:
                gone = replace(known[room_id], forgotten=True)
                tx.stage(self._store.memberships, user_id, {**known, room_id: gone})

        await self._store.write(run, needs=[(MEMBERS, (room_id, user_id)), (self._store.memberships, user_id)])

    # To others

    async def invite(self, sender: str, *, room_id: str, target: str, reason: str | None = None) -> None:
        """Invite somebody of this server."""
        appearance = (await self._invitations.appearances([target])).get(target)
        content = member_content("invite", appearance, reason=reason)
        await self._invite(Change(room_id=room_id, sender=sender, target=target, content=content))

    async def kick(self, sender: str, *, room_id: str, target: str, reason: str | None = None) -> None:
        """Remove somebody who is in the room, invited to it or knocking on it."""

        def check(_tx: Tx, _room: Room, before: str) -> None:
            if before in ("leave", "ban"):
                raise Forbidden("You cannot remove this person: they are not in this room.")

        content = member_content("leave", reason=reason)
        await self._change(Change(room_id=room_id, sender=sender, target=target, content=content), check=check)

    async def ban(self, sender: str, *, room_id: str, target: str, reason: str | None = None) -> None:
        """Remove somebody and keep them out."""
        content = member_content("ban", reason=reason)
        await self._change(Change(room_id=room_id, sender=sender, target=target, content=content))

    async def unban(self, sender: str, *, room_id: str, target: str, reason: str | None = None) -> None:
        """Lift a ban; whoever was banned is out, and may be invited again."""

        def check(_tx: Tx, _room: Room, before: str) -> None:
            if before != "ban":
                raise Forbidden("This person is not banned from this room.")

        content = member_content("leave", reason=reason)
        await self._change(Change(room_id=room_id, sender=sender, target=target, content=content), check=check)

    async def set_member(self, sender: str, *, room_id: str, target: str, content: dict[str, Any]) -> str:
        """Change a membership by setting its state, under the same rules; return the event's id."""
        if "third_party_invite" in content:
            raise ThreepidDenied
        membership, own = content.get("membership"), {key: content[key] for key in content if key != VOUCHER}
        change = Change(room_id=room_id, sender=sender, target=target, content=own, exact=True)
        if membership == "invite" or (membership in ("join", "knock") and sender == target):
            appearance = (await self._invitations.appearances([target])).get(target)
            change = replace(change, content=member_content(str(membership), appearance) | own)
        if membership == "invite":
            return await self._invite(change)
        if membership == "join" and sender == target:
            return await self._join(change)
        return await self._change(change)

    # Each in one unit of work

    async def _invite(self, change: Change) -> str:
        def check(tx: Tx, _room: Room, before: str) -> None:
            if before != "invite":
                self._invitations.refuse_blocked(tx, change.target)

        return await self._change(change, check=check, needs=self._invitations.needs([change.target]))

    async def _join(self, change: Change) -> str:
        voucher = await self._voucher(change)
        vouched = replace(change, content={**change.content, VOUCHER: voucher})

        def choose(tx: Tx, room: Room, before: str) -> Change:
            if before in ("join", "invite") or not self._is_let_in(tx, room, change.sender):
                return change
            if voucher is None:
                raise UnableToGrantJoin
            return vouched

        needs: list[Need] = [] if voucher is None else [(MEMBERS, (change.room_id, voucher))]
        return await self._change(change, choose=choose, needs=needs)

    async def _change(
        self,
        change: Change,
        *,
        check: Check | None = None,
        choose: Callable[[Tx, Room, str], Change] | None = None,
        needs: Sequence[Need] = (),
    ) -> str:
        """Append a member event, unless the membership is so already; return its id."""
        if not is_user_id(change.target):
            raise BadJson("A user id is of the form @localpart:server.")

        def run(tx: Tx) -> str:
            room = self._appender.room(tx, change.room_id)
            if room is None:
                raise Forbidden("You are not in this room.")
            held = tx.get(MEMBERS, change.room_id, change.target)
            before = held.membership if held is not None else "leave"
            if check is not None:
                check(tx, room, before)
            if held is not None and change.is_done(held):
                return held.event_id
            chosen = change if choose is None else choose(tx, room, before)
            return self._appender.append(tx, self._draft(chosen)).event_id

        return await self._store.write(run, needs=[*self._needs(change), *needs])

    async def _leave_some(self, user_id: str, rooms: Sequence[str]) -> None:
        changes = [
            Change(room_id=room_id, sender=user_id, target=user_id, content=member_content("leave"))
            for room_id in rooms
        ]

        def run(tx: Tx) -> None:
            for change in changes:
                held = tx.get(MEMBERS, change.room_id, user_id)
                if held is not None and held.membership in ("join", "invite", "knock"):
                    self._appender.append(tx, self._draft(change))

        await self._store.write(run, needs=[need for change in changes for need in self._needs(change)])

    def _needs(self, change: Change) -> list[Need]:
        people = {change.sender, change.target}
        return [*self._appender.needs(change.room_id, members=people), (self._store.memberships, change.target)]

    def _draft(self, change: Change) -> Draft:
        return Draft(
            room_id=change.room_id,
            type="m.room.member",
            sender=change.sender,
            content=change.content,
            origin_server_ts=self._now_ms(),
            state_key=change.target,
        )

    # Restricted rooms

    def _is_let_in(self, tx: Tx, room: Room, user_id: str) -> bool:
        """Whether the room is restricted and this person is in a room whose members it lets in."""
        allowed = rooms_allowed(room.content("m.room.join_rules"))
        held = tx.see(self._store.memberships, user_id) or {}
        return any(room_id in held and held[room_id].membership == "join" for room_id in allowed)

    async def _voucher(self, change: Change) -> str | None:
        """Return a member who may invite, if the room asks for one; the rules look at them again in the unit."""
        room = await self._store.rooms.get(change.room_id)
        if room is None or not is_restricted(room.content("m.room.join_rules")):
            return None
        levels = room.power_levels
        named = named_inviters(levels)[:MAX_VOUCHERS]
        joined = {
            row.user_id
            for row in await self._store.all(SOME_MEMBERS, room_id=change.room_id, user_ids=named)
            if row.membership == "join"
        }
        if joined:
            return next(user_id for user_id in named if user_id in joined)
        anyone = await self._store.all(HEROES, room_id=change.room_id, user_id=change.sender, memberships=["join"])
        able = [row.user_id for row in anyone if levels.of_user(row.user_id) >= levels.invite]
        return able[0] if able else None

    async def _find(self, room_id: str) -> None:
        if await self._store.rooms.get(room_id) is None:
            raise NotFound("There is no such room on this server.")
