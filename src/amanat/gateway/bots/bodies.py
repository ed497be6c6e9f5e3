"""Contents of events as bodies of a bot's messages, and back. Pure.

spec: client-server-api#mroommessage-msgtypes. Anybody can send anything: what has no sense here is `Unknown`.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any, Final

from msgspec import Struct

from amanat.core.identifiers import fits
from amanat.gateway.bots.model import Body, Json, Media, MediaKind, Place, Unknown, Words
from amanat.gateway.bots.poll_contents import STARTS, poll_in
from amanat.gateway.bots.texts import holdable

TEXTS: Final = ("m.text", "m.emote")
SILENT: Final = ("m.notice", "m.key.verification.request")
"""A notice is another program's, which no program may answer; a verification is a matter of devices."""
MAX_TEXT: Final = 16_384
"""Of what is heard of a text, in characters."""

HTML: Final = "org.matrix.custom.html"
_VOICE: Final = "org.matrix.msc3245.voice"
_MEDIA: Final[Mapping[str, MediaKind]] = {
    "m.image": "picture",
    "m.video": "video",
    "m.audio": "audio",
    "m.file": "file",
}
_MSGTYPES: Final[Mapping[str, str]] = {
    "picture": "m.image",
    "animation": "m.image",
    "video": "m.video",
    "voice": "m.audio",
    "audio": "m.audio",
    "file": "m.file",
    "sticker": "m.image",
}
_GEO: Final = re.compile(r"geo:(-?\d{1,3}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)", re.ASCII)


class Sent(Struct, frozen=True):
    """A file as its message tells of it: what opens it, and the body but for the number it will have."""

    file: Json
    media: Media


def body_of(event_type: str, content: Mapping[str, Any]) -> Body | Sent | None:
    """Return what a decrypted event says; None where that is nothing for a bot."""
    if event_type == "m.sticker":
        return _media("sticker", content)
    if event_type in STARTS:
        return poll_in(content)
    kind, body = content.get("msgtype"), content.get("body")
    if event_type != "m.room.message" or not isinstance(kind, str) or kind in SILENT:
        return None
    text = body if isinstance(body, str) else ""
    if kind in TEXTS:
        return words_of(content, without_quote=is_reply(content))
    if kind == "m.location":
        return _place(content, text)
    if kind in _MEDIA:
        is_voice = kind == "m.audio" and _VOICE in content
        return _media("voice" if is_voice else _MEDIA[kind], content)
    return Unknown(text=text[:MAX_TEXT])


def words_of(content: Mapping[str, Any], *, without_quote: bool = False) -> Words:
    """Return a text and its marks."""
    body, html = content.get("body"), content.get("formatted_body")
    text = body if isinstance(body, str) else ""
    if without_quote:
        text = _without_quote(text)
    marked = html if isinstance(html, str) and content.get("format") == HTML and len(html) <= 4 * MAX_TEXT else ""
    return Words(text=text[:MAX_TEXT].strip(), html=marked)


def target_of(content: Mapping[str, Any], relation: str) -> str | None:
    """Return the event that a content is about, in one way: `m.replace`, `m.annotation`."""
    related = content.get("m.relates_to")
    if not isinstance(related, Mapping) or related.get("rel_type") != relation:
        return None
    return _event_id(related)


def answered_by(content: Mapping[str, Any]) -> str | None:
    """Return the event that a content answers."""
    # Our app says within the ciphertext what a button or a form answers: in a branch, the relation is the branch's.
    related, nested = content.get("m.relates_to"), content.get("m.in_reply_to")
    if nested is None and isinstance(related, Mapping):
        nested = related.get("m.in_reply_to")
    return _event_id(nested) if isinstance(nested, Mapping) else None


def is_reply(content: Mapping[str, Any]) -> bool:
    """Whether a content answers another."""
    return answered_by(content) is not None


def html_of(text: str) -> str:
    """Return a text without marks as HTML."""
    return escape(text).replace("\n", "<br>")


def content_of_words(words: Words) -> Json:
    """Return the content that says a text. Nobody is called by what it happens to hold."""
    # Not `m.notice`, though a program speaks: by the default push rules nobody hears of one, and people wait for this.
    content: Json = {"msgtype": "m.text", "body": words.text, "m.mentions": {}}
    return content | ({"format": HTML, "formatted_body": words.html} if words.html else {})


def content_of_media(media: Media, file: Mapping[str, Any]) -> Json:
    """Return the content that sends a file; spec: client-server-api#media-captions."""
    info: Json = {"mimetype": media.mimetype, "size": media.size}
    if media.width and media.height:
        info |= {"w": media.width, "h": media.height}
    if media.duration_ms:
        info["duration"] = media.duration_ms
    content: Json = {
        "msgtype": _MSGTYPES[media.kind],
        "body": media.caption.text or media.name,
        "filename": media.name,
        "info": info,
        "file": dict(file),
        "m.mentions": {},
    }
    if media.caption.html:
        content |= {"format": HTML, "formatted_body": media.caption.html}
    return content | ({_VOICE: {}} if media.kind == "voice" else {})


def content_of_place(place: Place) -> Json:
    """Return the content that shows a place."""
    uri = f"geo:{place.latitude:.6f},{place.longitude:.6f}"
    return {"msgtype": "m.location", "body": place.text or uri, "geo_uri": uri, "m.mentions": {}}


def _place(content: Mapping[str, Any], text: str) -> Body:
    uri = content.get("geo_uri")
    found = _GEO.match(uri) if isinstance(uri, str) else None
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return Unknown(text=text[:MAX_TEXT])
    return Place(latitude=float(found[1]), longitude=float(found[2]), text=text[:MAX_TEXT])


def _media(kind: MediaKind, content: Mapping[str, Any]) -> Sent | Unknown:
    file, body = content.get("file"), content.get("body")
    text = body if isinstance(body, str) else ""
    if not isinstance(file, Mapping):
        return Unknown(text=text[:MAX_TEXT])
    info = content.get("info")
    told: Mapping[str, Any] = info if isinstance(info, Mapping) else {}
    name, mimetype = content.get("filename"), told.get("mimetype")
    named = isinstance(name, str) and bool(name) and name != text
    media = Media(
        kind=kind,
        file=0,
        name=holdable((str(name) if named else text)[:255]) or kind,
        mimetype=holdable(mimetype[:127]) if isinstance(mimetype, str) else "application/octet-stream",
        size=_number(told.get("size")),
        caption=words_of(content) if named else Words(text=""),
        width=_number(told.get("w")),
        height=_number(told.get("h")),
        duration_ms=_number(told.get("duration")),
    )
    return Sent(dict(file), media)


def _event_id(related: Mapping[str, Any]) -> str | None:
    """Return the event that is named; what no event can be called names none, and no database could look for it."""
    event_id = related.get("event_id")
    return event_id if isinstance(event_id, str) and fits(event_id) else None


def _number(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value < 2**40 else 0


def _without_quote(body: str) -> str:
    """Older apps repeat what they answer at the head of their text."""
    lines = body.split("\n")
    while lines and lines[0].startswith(">"):
        lines.pop(0)
    return "\n".join(lines)
