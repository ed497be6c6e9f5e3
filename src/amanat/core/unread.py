"""What an event adds to the unread and highlight counts of a room's ordinary members. Pure.

These are the default push rules, answered once per event instead of once per member; see `push_rules_default`.
"""

from typing import Any

from msgspec import Struct

_NOTIFYING = frozenset({"m.room.message", "m.room.encrypted", "m.call.invite"})
"""The types of the default underride rules."""


class Highlights(Struct, frozen=True, kw_only=True):
    """Whom an event highlights. Who is highlighted is notified too, even of an event that does not count for others."""

    user_ids: frozenset[str] = frozenset()
    everyone: bool = False


_NOBODY = Highlights()


def counts_as_unread(event_type: str, content: dict[str, Any], *, is_state: bool) -> bool:
    """Whether members with the default rules are notified of the event without being mentioned by it."""
    # spec: client-server-api#receiving-notifications
    if event_type in _NOTIFYING:
        return content.get("msgtype") != "m.notice" and not _is_edit(content)
    return is_state and event_type == "m.room.tombstone" and content.get("msgtype") != "m.notice"


def highlights(
    event_type: str, content: dict[str, Any], *, is_state: bool, sender_may_mention_room: bool
) -> Highlights:
    """Return who is highlighted by the event, by its mentions in clear or as a room's last event."""
    # spec: client-server-api#user-and-room-mentions
    mentioned = content.get("m.mentions")
    is_last = is_state and event_type == "m.room.tombstone"
    if not (is_last or mentioned):
        return _NOBODY
    # The rules for notices and for members come before those for mentions.
    if event_type == "m.room.member" or content.get("msgtype") == "m.notice":
        return _NOBODY
    mentions = mentioned if type(mentioned) is dict else {}
    listed = mentions.get("user_ids")
    return Highlights(
        user_ids=frozenset(user for user in listed if type(user) is str) if type(listed) is list else frozenset(),
        everyone=is_last or (mentions.get("room") is True and sender_may_mention_room),
    )


def _is_edit(content: dict[str, Any]) -> bool:
    relation = content.get("m.relates_to")
    return type(relation) is dict and relation.get("rel_type") == "m.replace"
