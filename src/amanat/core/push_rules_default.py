"""The rules that everybody starts with. Pure; spec: client-server-api#predefined-rules."""

from typing import Any, Literal, get_args

from msgspec import Struct

Kind = Literal["override", "content", "room", "sender", "underride"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""In the order in which they are tried."""

READER = "[the user's Matrix ID]"
"""Stands for the reader in the table below, so that one table, compiled once, serves everybody."""

MASTER = ".m.rule.master"
"""The one default rule that goes before a user's own."""


class Rule(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One push rule, whoever made it. `conditions` is for override and underride rules, `pattern` for content rules."""

    rule_id: str
    actions: list[Any]
    conditions: list[dict[str, Any]] | None = None
    pattern: str | None = None
    enabled: bool = True


def _match(key: str, pattern: str) -> dict[str, Any]:
    return {"kind": "event_match", "key": key, "pattern": pattern}


def _rule(name: str, conditions: list[dict[str, Any]], *actions: Any) -> Rule:
    return Rule(rule_id=f".m.rule.{name}", conditions=conditions, actions=list(actions))


_SOUND = {"set_tweak": "sound", "value": "default"}
_RING = {"set_tweak": "sound", "value": "ring"}
_HIGHLIGHT = {"set_tweak": "highlight"}
_TWO_MEMBERS = {"kind": "room_member_count", "is": "2"}
_MENTIONS_READER = {"kind": "event_property_contains", "key": r"content.m\.mentions.user_ids", "value": READER}
_MENTIONS_ROOM = {"kind": "event_property_is", "key": r"content.m\.mentions.room", "value": True}
_MAY_MENTION_ROOM = {"kind": "sender_notification_permission", "key": "room"}
_IS_EDIT = {"kind": "event_property_is", "key": r"content.m\.relates_to.rel_type", "value": "m.replace"}
_IS_MEMBER = _match("type", "m.room.member")
_IS_MESSAGE = _match("type", "m.room.message")
_IS_ENCRYPTED = _match("type", "m.room.encrypted")
_IS_STATE = _match("state_key", "")

DEFAULTS: dict[Kind, tuple[Rule, ...]] = {
    "override": (
        Rule(rule_id=MASTER, conditions=[], actions=[], enabled=False),
        _rule("suppress_notices", [_match("content.msgtype", "m.notice")]),
        _rule(
            "invite_for_me",
            [_IS_MEMBER, _match("content.membership", "invite"), _match("state_key", READER)],
            "notify",
            _SOUND,
        ),
        _rule("member_event", [_IS_MEMBER]),
        _rule("is_user_mention", [_MENTIONS_READER], "notify", _SOUND, _HIGHLIGHT),
        _rule("is_room_mention", [_MENTIONS_ROOM, _MAY_MENTION_ROOM], "notify", _HIGHLIGHT),
        _rule("tombstone", [_match("type", "m.room.tombstone"), _IS_STATE], "notify", _HIGHLIGHT),
        _rule("reaction", [_match("type", "m.reaction")]),
        _rule("room.server_acl", [_match("type", "m.room.server_acl"), _IS_STATE]),
        _rule("suppress_edits", [_IS_EDIT]),
    ),
    "content": (),
    "room": (),
    "sender": (),
    "underride": (
        _rule("call", [_match("type", "m.call.invite")], "notify", _RING),
        _rule("encrypted_room_one_to_one", [_TWO_MEMBERS, _IS_ENCRYPTED], "notify", _SOUND),
        _rule("room_one_to_one", [_TWO_MEMBERS, _IS_MESSAGE], "notify", _SOUND),
        _rule("message", [_IS_MESSAGE], "notify"),
        _rule("encrypted", [_IS_ENCRYPTED], "notify"),
    ),
}
