"""What people send, as what a flow hears: a pressed button, words, or something that is no text. Pure.

Anybody can send anything: what has no sense here is not heard, and nothing raises.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal

from amanat.gateway.flows.session import Said, Sent
from amanat.gateway.messages.prompts import used_prompt

MAX_TEXT: Final = 4096
"""Of what is heard of a message, in characters: no answer that a flow asks for is as long."""

_SENT: Final[Mapping[str, Literal["voice", "picture", "video", "file", "place"]]] = {
    "m.audio": "voice",
    "m.image": "picture",
    "m.video": "video",
    "m.file": "file",
    "m.location": "place",
}
_SILENT: Final = ("m.notice", "m.key.verification.request")
"""A notice is another program's, which no program may answer; a verification is a matter of devices."""


def hear(event_type: str, content: Mapping[str, Any]) -> Said | Sent | None:
    """Return what a decrypted event says to a flow; None where that is nothing.

    An edit is not heard: what it changes was answered already. Neither is a reaction, a vote or a deletion.
    """
    if event_type == "m.sticker":
        return Sent(kind="sticker")
    if event_type != "m.room.message" or _is_edit(content):
        return None
    kind, body = content.get("msgtype"), content.get("body")
    if not isinstance(kind, str) or kind in _SILENT:
        return None
    if kind in ("m.text", "m.emote"):
        return _said(content, body) if isinstance(body, str) else None
    return Sent(kind=_SENT.get(kind, "other"))


def _said(content: Mapping[str, Any], body: str) -> Said | None:
    text = (_without_quote(body) if _is_reply(content) else body)[:MAX_TEXT].strip()
    used = used_prompt(content)
    if used is not None:
        return Said(text=text, option=used.option, menu=used.menu)
    return Said(text=text) if text else None


def _relation(content: Mapping[str, Any]) -> Mapping[str, Any]:
    relation = content.get("m.relates_to")
    return relation if isinstance(relation, Mapping) else {}


def _is_edit(content: Mapping[str, Any]) -> bool:
    return _relation(content).get("rel_type") == "m.replace"


def _is_reply(content: Mapping[str, Any]) -> bool:
    return isinstance(_relation(content).get("m.in_reply_to"), Mapping)


def _without_quote(body: str) -> str:
    """Older apps repeat what they answer at the head of their text."""
    lines = body.split("\n")
    while lines and lines[0].startswith(">"):
        lines.pop(0)
    return "\n".join(lines)
