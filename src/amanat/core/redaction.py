"""What is left of a redacted event; event ids are hashes of that. Spec: rooms/v10#redactions, rooms/v11#redactions."""

from typing import Any

from amanat.core.room_versions import RoomVersion

_KEPT = frozenset(
    {
        "event_id", "type", "room_id", "sender", "state_key", "content", "hashes",
        "signatures", "depth", "prev_events", "auth_events", "origin_server_ts",
    }
)  # fmt: skip
_KEPT_V10 = _KEPT | {"prev_state", "origin", "membership"}

_LEVELS = frozenset({"ban", "events", "events_default", "kick", "redact", "state_default", "users", "users_default"})
_CONTENT_KEPT_V10: dict[str, frozenset[str]] = {
    "m.room.member": frozenset({"membership", "join_authorised_via_users_server"}),
    "m.room.create": frozenset({"creator"}),
    "m.room.join_rules": frozenset({"join_rule", "allow"}),
    "m.room.power_levels": _LEVELS,
    "m.room.history_visibility": frozenset({"history_visibility"}),
}
_CONTENT_KEPT: dict[str, frozenset[str]] = {
    **_CONTENT_KEPT_V10,
    "m.room.power_levels": _LEVELS | {"invite"},
    "m.room.redaction": frozenset({"redacts"}),
}


def redact(event: dict[str, Any], version: RoomVersion) -> dict[str, Any]:
    """Return a copy of a PDU or client event with only what a redaction leaves."""
    kept = _KEPT if version.redaction_keeps_create else _KEPT_V10
    redacted = {key: value for key, value in event.items() if key in kept}
    redacted["content"] = redact_content(event["type"], event["content"], version=version)
    return redacted


def redact_content(event_type: str, content: dict[str, Any], *, version: RoomVersion) -> dict[str, Any]:
    """Return what a redaction leaves of the content of an event of that type."""
    if not version.redaction_keeps_create:
        return _only(content, _CONTENT_KEPT_V10.get(event_type, frozenset()))
    if event_type == "m.room.create":
        return dict(content)
    kept = _only(content, _CONTENT_KEPT.get(event_type, frozenset()))
    if event_type == "m.room.member":
        kept |= _signed_invite(content)
    return kept


def _only(content: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    return {key: content[key] for key in keys & content.keys()} if keys else {}


def _signed_invite(content: dict[str, Any]) -> dict[str, Any]:
    """Keep the `signed` key of the `third_party_invite` key."""
    invite = content.get("third_party_invite")
    if not isinstance(invite, dict) or "signed" not in invite:
        return {}
    return {"third_party_invite": {"signed": invite["signed"]}}
