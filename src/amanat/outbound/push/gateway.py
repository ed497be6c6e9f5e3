"""The push gateways of other apps. Spec: client-server-api#push-notifications."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct, json

from amanat.outbound.http import HttpAnswer
from amanat.outbound.push.push import End, Outcome, Push, Receiver

HEADERS: Final = {"content-type": "application/json"}


class _Said(Struct):
    """What a gateway answers."""

    rejected: list[str] = []


def body(receiver: Receiver, push: Push, *, data: Mapping[str, Any]) -> bytes:
    """Return what a gateway is told: ids and counts, whatever `data.format` asks for."""
    device = {
        "app_id": receiver.app_id,
        "pushkey": receiver.pushkey,
        "pushkey_ts": receiver.since_ts // 1000,
        "data": data,
    }
    notification: dict[str, Any] = {
        "counts": {"unread": push.unread},
        "devices": [device],
        "prio": "high" if push.urgent else "low",
    }
    notification |= {name: getattr(push, name) for name in ("event_id", "room_id") if getattr(push, name) is not None}
    return json.encode({"notification": notification})


def outcome_of(answer: HttpAnswer, *, pushkey: str) -> Outcome:
    """Read a gateway's answer."""
    if not answer.is_good:
        return Outcome(End.LATER, answer.retry_after_s)
    try:
        rejected = json.decode(answer.body, type=_Said).rejected
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return Outcome(End.DELIVERED)
    return Outcome(End.GONE if pushkey in rejected else End.DELIVERED)
