"""When a room's messages go on with a new key. Pure; spec: client-server-api#mroomencryption."""

from collections.abc import Iterable

from amanat.gateway.device.tables import DeviceRow, KeyShareRow, OutboundSessionRow, RoomRow

TOLD_NONE = -1
"""The index of a device that was told that it gets no key."""


def is_spent(session: OutboundSessionRow, room: RoomRow, *, now_ms: int) -> bool:
    """Whether a key has been used for long or often enough, or the room's history is another's to read now."""
    return (
        now_ms - session.created_ts >= room.rotation_ms
        or session.messages >= room.rotation_messages
        or session.history_visibility != room.history_visibility
    )


def is_held_by_others(session_id: str, shares: Iterable[KeyShareRow], *, give: Iterable[DeviceRow]) -> bool:
    """Whether somebody has the key who is not to read what comes: they left, or their device is not theirs any more."""
    allowed = {(device.user_id, device.device_id, device.curve25519) for device in give}
    return any(
        (share.user_id, share.device_id, share.curve25519) not in allowed
        for share in shares
        if share.session_id == session_id and share.message_index != TOLD_NONE
    )


def lacking(
    session_id: str, shares: Iterable[KeyShareRow], *, among: Iterable[DeviceRow], told_is_enough: bool = False
) -> list[DeviceRow]:
    """Return the devices among some that do not have the key; or those that were not even told that they get none."""
    known = {
        (share.user_id, share.device_id)
        for share in shares
        if share.session_id == session_id and (told_is_enough or share.message_index != TOLD_NONE)
    }
    return [device for device in among if (device.user_id, device.device_id) not in known]
