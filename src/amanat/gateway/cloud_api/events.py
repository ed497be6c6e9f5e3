"""What is heard in a bot's chats, as the webhooks of the Cloud API tell it: one thing in each. Pure.

Source: developers.facebook.com, "WhatsApp Cloud API, Webhooks components".
"""

from msgspec import DecodeError, Struct, json

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.model import (
    Began,
    Body,
    Came,
    Decided,
    Delivered,
    Edited,
    FilledIn,
    Heard,
    Json,
    Media,
    Ordered,
    OwnNumber,
    Person,
    Place,
    Pressed,
    Reacted,
    Said,
    TakenBack,
    WasRead,
    Words,
)
from amanat.gateway.cloud_api.automation_routes import read_automation
from amanat.gateway.cloud_api.composing import Style
from amanat.gateway.cloud_api.errors import in_status
from amanat.gateway.cloud_api.ids import display_number, event_wamid, node_id, user_id, wa_id, wamid
from amanat.gateway.cloud_api.notation import text_of
from amanat.gateway.cloud_api.settings import Settings

FIELD = "messages"
PREFERENCES = "user_preferences"
FIELDS = (FIELD, PREFERENCES)
"""Of what there are webhooks."""

MAY_CALL_S = 7 * 24 * 3600
"""How long a permission to call is good for, as Meta has it."""

_MEDIA = {
    "picture": "image",
    "video": "video",
    "animation": "video",
    "voice": "audio",
    "audio": "audio",
    "file": "document",
    "sticker": "sticker",
}


class Markup(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is kept beside a message of the bot's: how its choices answer, and what the bot calls it and its form."""

    style: Style = ""
    tracker: str = ""
    flow_token: str = ""


def read_markup(kept: bytes) -> Markup:
    """Return what was kept beside a message."""
    try:
        return json.decode(kept, type=Markup)
    except DecodeError:
        return Markup()


class Teller:
    """Tells one bot."""

    def __init__(self, me: Me, settings: Settings, *, position: int) -> None:
        """`position` is the update's, from which what is no message has its id."""
        self._me = me
        self._settings = settings
        self._position = position

    def webhook(self, heard: Heard) -> Json | None:
        """Return a webhook's body; None for what the API has no words for."""
        told = self._told(heard)
        if told is None:
            return None
        person, value = told
        change = {"field": field_of(heard), "value": self._common(person) | value}
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": node_id("business", self._me.number), "changes": [change]}],
        }

    def _told(self, heard: Heard) -> tuple[Person, Json] | None:
        if isinstance(heard, Delivered | WasRead):
            person = heard.chat.person
            return None if person is None else (person, {"statuses": [self._status(heard, person)]})
        if isinstance(heard, Decided):
            return heard.person, {"user_preferences": [self._preference(heard)]}
        told = self._message(heard)
        return None if told is None else (told[0], {"messages": [told[1]]})

    def _common(self, person: Person) -> Json:
        # A library of 2026 drops what has no `user_id`, in a status too.
        contact: Json = {"profile": {"name": person.name}, "user_id": user_id(person)}
        number = wa_id(person, stand_in=self._settings.stand_in_numbers)
        return {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": display_number(self._me),
                "phone_number_id": node_id("phone", self._me.number),
            },
            "contacts": [contact | ({"wa_id": number} if number else {})],
        }

    # Messages.

    def _message(self, heard: Heard) -> tuple[Person, Json] | None:
        if isinstance(heard, Came):
            return self._came(heard)
        if isinstance(heard, Began):
            return self._began(heard)
        if isinstance(heard, Edited):
            return self._edited(heard.said)
        if isinstance(heard, Pressed):
            return self._pressed(heard)
        if isinstance(heard, FilledIn):
            return self._filled_in(heard)
        if isinstance(heard, Ordered):
            return self._ordered(heard)
        if isinstance(heard, Reacted) and heard.chat.kind == "private":
            reaction = {"message_id": wamid(heard.chat.number, heard.number)}
            told = {"type": "reaction", "reaction": reaction | ({"emoji": heard.emoji} if heard.emoji else {})}
            return heard.person, self._from(heard.person, heard.ts, id=self.event_id(heard.chat.number)) | told
        if isinstance(heard, TakenBack) and heard.chat.kind == "private":
            revoke = {"original_message_id": wamid(heard.chat.number, heard.number)}
            head = self._from(heard.person, heard.ts, id=self.event_id(heard.chat.number))
            return heard.person, head | {"type": "revoke", "revoke": revoke}
        return None

    def _came(self, came: Came) -> tuple[Person, Json] | None:
        said, person = came.said, came.said.sender
        if person is None or said.chat.kind != "private":
            return None
        message = self._from(person, said.ts, id=wamid(said.chat.number, said.number)) | _content(said.body, person)
        context = self._context(came.quoted, product=came.product) | ({"forwarded": True} if said.forwarded else {})
        return person, message | ({"context": context} if context else {})

    def _began(self, began: Began) -> tuple[Person, Json] | None:
        if not read_automation(began.setting).enable_welcome_message:
            return None
        head = self._from(began.person, began.ts, id=self.event_id(began.chat.number))
        return began.person, head | {"type": "request_welcome"}

    def _edited(self, said: Said) -> tuple[Person, Json] | None:
        person = said.sender
        if person is None or said.chat.kind != "private":
            return None
        original = wamid(said.chat.number, said.number)
        edit = {"original_message_id": original, "message": {"id": original} | _content(said.body, person)}
        head = self._from(person, said.edited_ts or said.ts, id=self.event_id(said.chat.number))
        return person, head | {"type": "edit", "edit": edit}

    def _pressed(self, heard: Pressed) -> tuple[Person, Json] | None:
        said, choice = heard.said, heard.choice
        if said.chat.kind != "private":
            return None
        message = self._from(heard.person, heard.ts, id=wamid(said.chat.number, heard.number))
        message["context"] = self._context(said)
        style = read_markup(said.markup).style
        if style == "template":
            return heard.person, message | {"type": "button", "button": {"payload": choice.data, "text": choice.label}}
        if style == "call":
            return heard.person, message | {"type": "interactive", "interactive": _may_call(heard)}
        reply: Json = {"id": choice.data, "title": choice.label}
        if style == "list" and choice.description:
            reply["description"] = choice.description
        kind = "list_reply" if style == "list" else "button_reply"
        return heard.person, message | {"type": "interactive", "interactive": {"type": kind, kind: reply}}

    def _filled_in(self, heard: FilledIn) -> tuple[Person, Json] | None:
        said = heard.said
        message = self._from(heard.person, heard.ts, id=wamid(said.chat.number, heard.number))
        sent = heard.values | {"flow_token": read_markup(said.markup).flow_token}
        reply = {"name": "flow", "body": "Sent", "response_json": json.encode(sent).decode()}
        interactive = {"type": "nfm_reply", "nfm_reply": reply}
        return heard.person, message | {
            "context": self._context(said), "type": "interactive", "interactive": interactive
        }  # fmt: skip

    def _ordered(self, heard: Ordered) -> tuple[Person, Json]:
        message = self._from(heard.person, heard.ts, id=wamid(heard.said.chat.number, heard.number))
        items = [
            {
                "product_retailer_id": item.id,
                "quantity": item.quantity,
                "item_price": item.price.amount,
                "currency": item.price.currency,
            }
            for item in heard.items
        ]
        order = {"catalog_id": heard.catalogue, "product_items": items, "text": heard.note}
        return heard.person, message | {"context": self._context(heard.said), "type": "order", "order": order}

    def _from(self, person: Person, ts: int, *, id: str) -> Json:
        head: Json = {"from_user_id": user_id(person), "id": id, "timestamp": str(ts // 1000)}
        number = wa_id(person, stand_in=self._settings.stand_in_numbers)
        return head | ({"from": number} if number else {})

    def _context(self, quoted: Said | None, *, product: str = "") -> Json:
        if quoted is None:
            return {}
        sender = quoted.sender
        if sender is None:
            number: str | None = display_number(self._me)
        else:
            number = wa_id(sender, stand_in=self._settings.stand_in_numbers) or user_id(sender)
        context = {"from": number, "id": wamid(quoted.chat.number, quoted.number)}
        return context | _referred(quoted, product) if sender is None else context

    def event_id(self, chat: int) -> str:
        """Return the id of what is told and is no message."""
        return event_wamid(chat, self._position)

    # What people want.

    def _preference(self, heard: Decided) -> Json:
        value = "resume" if heard.answer == "yes" else "stop"
        number = wa_id(heard.person, stand_in=self._settings.stand_in_numbers)
        return {
            "user_id": user_id(heard.person),
            "detail": f"User requested to {value} marketing messages",
            "category": "marketing_messages",
            "value": value,
            "timestamp": heard.ts // 1000,
        } | ({"wa_id": number} if number else {})

    # Statuses.

    def _status(self, heard: Delivered | WasRead, person: Person) -> Json:
        is_lost = isinstance(heard, Delivered) and not heard.is_sent
        status: Json = {
            "id": wamid(heard.chat.number, heard.number),
            "status": "read" if isinstance(heard, WasRead) else "failed" if is_lost else "sent",
            "timestamp": str(heard.ts // 1000),
            "recipient_id": wa_id(person, stand_in=self._settings.stand_in_numbers) or user_id(person),
            "recipient_user_id": user_id(person),
        }
        tracker = read_markup(heard.markup).tracker
        if tracker:
            status["biz_opaque_callback_data"] = tracker
        if is_lost:
            status["errors"] = [in_status(131026, "The server did not take the message, as when the person has left.")]
        return status


def field_of(heard: Heard) -> str:
    """Return under which field a webhook tells of something."""
    return PREFERENCES if isinstance(heard, Decided) else FIELD


def _referred(quoted: Said, product: str) -> Json:
    """Return which product an answer is about: the one that it names, or that of a message with one."""
    offer = quoted.offer
    if offer is None or not (product or len(offer.items) == 1):
        return {}
    id = product or offer.items[0].id
    return {"referred_product": {"catalog_id": offer.catalogue, "product_retailer_id": id}}


def _may_call(heard: Pressed) -> Json:
    reply: Json = {"response": heard.choice.data, "response_source": "user_action", "is_permanent": False}
    if heard.choice.data == "accept":
        reply["expiration_timestamp"] = heard.ts // 1000 + MAY_CALL_S
    return {"type": "call_permission_reply", "call_permission_reply": reply}


def _content(body: Body, person: Person) -> Json:
    if isinstance(body, Words):
        return {"type": "text", "text": {"body": text_of(body)}}
    if isinstance(body, Media):
        return _media(body)
    if isinstance(body, Place):
        return {"type": "location", "location": {"latitude": body.latitude, "longitude": body.longitude}}
    if isinstance(body, OwnNumber):
        return {"type": "contacts", "contacts": [_card(body, person)]}
    return {"type": "unsupported", "errors": [in_status(131051, "Messages of this kind are not told to bots.")]}


def _card(number: OwnNumber, person: Person) -> Json:
    """Return the card of who shared their own number; `origin` says that they were asked, and chose no other card."""
    return {
        "origin": "contact_request",
        "name": {"formatted_name": person.name, "first_name": person.name},
        "phones": [{"phone": number.phone, "wa_id": number.phone.removeprefix("+"), "type": "CELL"}],
    }


def _media(body: Media) -> Json:
    kind = _MEDIA[body.kind]
    # The hash is of what is locked until the file is asked for: GET /{media} tells it.
    media: Json = {"id": node_id("media", body.file), "mime_type": body.mimetype, "sha256": ""}
    caption = text_of(body.caption)
    if caption and kind in ("image", "video", "document"):
        media["caption"] = caption
    if kind == "document":
        media["filename"] = body.name
    if kind == "audio":
        media["voice"] = body.kind == "voice"
    if kind == "sticker":
        media["animated"] = False
    return {"type": kind, kind: media}
