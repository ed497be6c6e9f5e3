"""The rooms of a service, as far as keys are concerned: whether they are encrypted, how, and who is in them."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from msgspec.structs import replace

from amanat.db.query import QueryFile
from amanat.db.tx import Need, Tx
from amanat.gateway.device.powers import administers
from amanat.gateway.device.published_keys import MEGOLM
from amanat.gateway.device.sync_response import Event, InvitedRoom, SyncResponse, event_of, state_of
from amanat.gateway.device.tables import MEMBERS, ROOMS, WRITERS, MemberRow, RoomRow, WriterRow

JOINED: Final = "join"
INVITED: Final = "invite"
LEFT: Final = "leave"
"""Such a room is forgotten, piece by piece."""

_sql = QueryFile("amanat.gateway.device", "rooms")
ROOM = _sql.query("room", RoomRow, cached_on=[ROOMS])
MEMBERS_OF = _sql.query("members_of", MemberRow, cached_on=[MEMBERS])
WRITERS_OF = _sql.query("writers_of", WriterRow, cached_on=[WRITERS])
ROOMS_NOT_JOINED = _sql.query("rooms_not_joined", RoomRow, cached_on=[ROOMS])
GROUPS_NOT_NOTICED = _sql.query("groups_not_noticed", RoomRow)
NEW_GROUPS = _sql.query("new_groups", RoomRow)


def needs(response: SyncResponse) -> list[Need]:
    """Return what `apply` reads."""
    rooms = response.rooms
    return [(ROOMS, (room_id,)) for room_id in (*rooms.join, *rooms.invite, *rooms.leave)]


def apply(tx: Tx, response: SyncResponse, *, user_id: str) -> set[str]:
    """Put what a sync tells of rooms and their members; return the rooms in which somebody came or went."""
    moved = set()
    for room_id in response.rooms.leave:
        row = tx.get(ROOMS, room_id)
        if row is not None:
            tx.put(ROOMS, replace(row, membership=LEFT))
    for room_id, invited in response.rooms.invite.items():
        _apply_invitation(tx, room_id, invited, user_id=user_id)
    for room_id, joined in response.rooms.join.items():
        row = tx.get(ROOMS, room_id) or RoomRow(room_id, JOINED)
        after = replace(row, membership=JOINED)
        for event in state_of(joined):
            after = _after(after, event)
            if _apply_member(tx, room_id, event):
                moved.add(room_id)
        if after != row or row.membership != JOINED or tx.get(ROOMS, room_id) is None:
            tx.put(ROOMS, after)
    return moved


def is_encrypted(row: RoomRow | None) -> bool:
    """Whether a room is encrypted in the one way that there is."""
    return row is not None and row.algorithm == MEGOLM


def _apply_invitation(tx: Tx, room_id: str, invited: InvitedRoom, *, user_id: str) -> None:
    events = [event for raw in invited.invite_state.events if (event := event_of(raw)) is not None]
    inviter = _inviter(events, user_id)
    row = RoomRow(room_id, INVITED, inviter=inviter, by_admin=int(inviter is not None and administers(inviter, events)))
    for event in events:
        row = _after(row, event)
    tx.put(ROOMS, row)


def _inviter(events: Sequence[Event], user_id: str) -> str | None:
    own = (event for event in events if event.type == "m.room.member" and event.state_key == user_id)
    return next((event.sender for event in own), None)


def _apply_member(tx: Tx, room_id: str, event: Event) -> bool:
    if event.type != "m.room.member" or event.state_key is None:
        return False
    membership = event.content.get("membership")
    if membership in (JOINED, INVITED):
        tx.put(MEMBERS, MemberRow(room_id, event.state_key, str(membership)))
    else:
        tx.delete(MEMBERS, room_id, event.state_key)
    return True


def _after(row: RoomRow, event: Event) -> RoomRow:
    content = event.content
    if event.type == "m.room.encryption":
        # Never back to none: whoever can change the state of a room must not be able to have it answered in clear.
        return replace(
            row,
            algorithm=_text(content.get("algorithm")) or row.algorithm,
            rotation_ms=_number(content.get("rotation_period_ms"), row.rotation_ms),
            rotation_messages=_number(content.get("rotation_period_msgs"), row.rotation_messages),
        )
    if event.type == "m.room.history_visibility":
        return replace(row, history_visibility=_text(content.get("history_visibility")) or row.history_visibility)
    return row


def receivers(row: RoomRow, members: Iterable[MemberRow]) -> list[str]:
    """Return whose devices read what is said now.

    spec: client-server-api#sharing-keys-between-devices: the invited too, unless history begins when they join.
    """
    invited = row.history_visibility != "joined"
    return [member.user_id for member in members if member.membership == JOINED or invited]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _number(value: Any, otherwise: int) -> int:
    return value if isinstance(value, int) and value > 0 else otherwise
