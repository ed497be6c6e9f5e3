"""Whose devices or cross-signing keys have changed, and when."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.rooms import UserId


class DeviceListRow(Struct, frozen=True):
    """The last change of a person's devices or cross-signing keys."""

    user_id: str
    position: int


class SignedPersonRow(Struct, frozen=True):
    """When a person last signed somebody's keys."""

    signer_user: str
    target_user: str
    position: int


class MemberMove(Struct, frozen=True):
    """What somebody is now whose membership of a room has changed."""

    room_id: str
    user_id: str
    membership: str


DEVICE_LIST_CHANGES = Table("device_list_changes", DeviceListRow, key=1)
SIGNED_PEOPLE = Table("signed_people", SignedPersonRow, key=2)

_sql = QueryFile("amanat.store", "device_lists")
DEVICE_LISTS_CHANGED = _sql.query("device_lists_changed", UserId)
WHO_SHARE_ROOMS = _sql.query("who_share_rooms", UserId)
JOINED_TO_ROOM = _sql.query("joined_to_room", UserId)
MEMBERS_CHANGED = _sql.query("members_changed", MemberMove)
SIGNED_BY = _sql.query("signed_by", UserId)
