"""Messages, chats and people as a bot is told of them. Pure; source: core.telegram.org/bots/api#available-types."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from amanat.gateway.bots.api import KeptFile, Me
from amanat.gateway.bots.groups.link_model import InviteLink
from amanat.gateway.bots.model import Body, Chat, Media, OwnNumber, Person, Place, PollBody, Said, Unknown, Words
from amanat.gateway.telegram_bot_api import texts
from amanat.gateway.telegram_bot_api.entities import Formatted
from amanat.gateway.telegram_bot_api.file_ids import file_id, unique_id
from amanat.gateway.telegram_bot_api.markup import Markup, unpacked
from amanat.gateway.telegram_bot_api.poll_objects import poll_of

Object: TypeAlias = dict[str, Any]

NAMELESS: Final = "\u2013"
"""For whoever has no name: clients take no empty one."""


class Telling:
    """Tells one bot of what happens. `language`: what its users are said to speak, which no app of theirs tells."""

    def __init__(self, me: Me, *, language: str) -> None:
        self._me = me
        self._language = language

    def bot(self) -> Object:
        """Return the bot as a user."""
        return {"id": self._me.number, "is_bot": True, "first_name": self._me.name, "username": self._me.username}

    def user(self, person: Person) -> Object:
        """Return a person."""
        user: Object = {"id": person.number, "is_bot": False, "first_name": person.name or NAMELESS}
        return user | ({"language_code": self._language} if self._language else {})

    def sender(self, person: Person | None) -> Object:
        """Return who said something; the bot where it is nobody."""
        return self.bot() if person is None else self.user(person)

    def invite_link(self, link: InviteLink) -> Object:
        """Return a link into a group; all are the bot's own."""
        wish = link.wish
        told: Object = {"invite_link": link.url, "creator": self.bot()}
        told |= {"name": wish.name} if wish.name else {}
        told |= {"expire_date": wish.expire_ts // 1000} if wish.expire_ts else {}
        told |= {"member_limit": wish.member_limit} if wish.member_limit else {}
        told |= {"creates_join_request": wish.by_request, "is_primary": link.is_primary}
        return told | {"is_revoked": link.is_revoked}

    def _contact(self, number: OwnNumber, person: Person | None) -> Object:
        """Return a contact. With a `user_id`, by which bots see that it is the sender's own."""
        user = self.sender(person)
        return {"phone_number": number.phone.removeprefix("+"), "first_name": user["first_name"], "user_id": user["id"]}

    def message(self, said: Said, *, quoted: Said | None = None) -> Object:
        """Return a message; `quoted` is what it answers."""
        kept = unpacked(said.markup)
        message: Object = {
            "message_id": said.number,
            "from": self.sender(said.sender),
            "chat": chat(said.chat),
            "date": said.ts // 1000,
        }
        if isinstance(said.body, OwnNumber):
            message["contact"] = self._contact(said.body, said.sender)
        message |= _body(said.body, kept, is_own=said.sender is None)
        if isinstance(said.body, PollBody):
            message["poll"] = poll_of(said)
        message |= kept.told
        if said.edited_ts is not None:
            message["edit_date"] = said.edited_ts // 1000
        if said.forwarded and "forward_origin" not in message:
            origin = {"type": "hidden_user", "date": said.ts // 1000, "sender_user_name": NAMELESS}
            message["forward_origin"] = origin
        if quoted is not None:
            message["reply_to_message"] = self.message(quoted)
        if kept.inline:
            message["reply_markup"] = {"inline_keyboard": [list(row) for row in kept.inline]}
        return message


def chat(where: Chat) -> Object:
    """Return a chat."""
    if where.kind == "private":
        name = where.person.name if where.person is not None else where.title
        return {"id": where.number, "type": "private", "first_name": name or NAMELESS}
    return {"id": where.number, "type": "group", "title": where.title or NAMELESS}


def file(kept: KeptFile, *, path: str) -> Object:
    """Return a file that can be fetched at a path."""
    told = {"file_id": file_id(kept.number), "file_unique_id": unique_id(kept.number), "file_path": path}
    return told | ({"file_size": kept.size} if kept.size else {})


def _body(body: Body, kept: Markup, *, is_own: bool) -> Object:
    if isinstance(body, Words):
        return texts.told(_formatted(body, kept, is_own=is_own), text="text", entities="entities")
    if isinstance(body, Media):
        caption = _formatted(body.caption, kept, is_own=is_own)
        said = texts.told(caption, text="caption", entities="caption_entities") if caption.text else {}
        return _MEDIA[body.kind](body) | said
    if isinstance(body, Place):
        return {"location": {"latitude": body.latitude, "longitude": body.longitude}}
    if isinstance(body, Unknown) and body.text:
        return texts.told(texts.heard(Words(text=body.text)), text="text", entities="entities")
    return {}


def _formatted(said: Words, kept: Markup, *, is_own: bool) -> Formatted:
    return texts.with_marks(said.text, kept.entities) if is_own else texts.heard(said)


def _file(media: Media) -> Object:
    told: Object = {"file_id": file_id(media.file), "file_unique_id": unique_id(media.file)}
    return told | ({"file_size": media.size} if media.size else {})


def _sides(media: Media) -> Object:
    return {"width": media.width, "height": media.height}


def _named(media: Media) -> Object:
    return {"file_name": media.name, "mime_type": media.mimetype}


def _seconds(media: Media) -> Object:
    return {"duration": media.duration_ms // 1000}


def _animation(media: Media) -> Object:
    whole = _file(media) | _sides(media) | _seconds(media) | _named(media)
    # As Telegram does, for clients that know no animations.
    return {"animation": whole, "document": _file(media) | _named(media)}


def _sticker(media: Media) -> Object:
    kind = {"type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": _file(media) | _sides(media) | kind}


_MEDIA: Final[Mapping[str, Callable[[Media], Object]]] = {
    "picture": lambda media: {"photo": [_file(media) | _sides(media)]},
    "video": lambda media: {"video": _file(media) | _sides(media) | _seconds(media) | _named(media)},
    "voice": lambda media: {"voice": _file(media) | _seconds(media) | {"mime_type": media.mimetype}},
    "audio": lambda media: {"audio": _file(media) | _seconds(media) | _named(media)},
    "file": lambda media: {"document": _file(media) | _named(media)},
    "sticker": _sticker,
    "animation": _animation,
}
