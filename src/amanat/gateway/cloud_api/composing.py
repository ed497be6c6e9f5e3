"""What a bot sends, by its type, as what is said in a chat. Pure.

Limits: developers.facebook.com, "WhatsApp Cloud API, Messages".
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from amanat.gateway.bots.consents.consent_model import About
from amanat.gateway.bots.model import Choice, Place, Words
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.notation import joined, marked, words_of
from amanat.gateway.cloud_api.reading import at_most, read

MediaType: TypeAlias = Literal["image", "video", "audio", "document", "sticker"]
Style: TypeAlias = Literal["", "buttons", "list", "template", "call"]

TEXT: Final = 4096
CAPTION: Final = 1024
CONTACTS: Final = 257


class MediaRef(Struct, frozen=True, kw_only=True):
    """A file by its id, or by an address where it is to be fetched."""

    type: MediaType
    id: str = ""
    link: str = ""
    filename: str = ""
    is_voice: bool = False


class FlowRef(Struct, frozen=True, kw_only=True):
    """Which flow is sent, by its id or its name, and how it begins."""

    button: str
    id: str = ""
    name: str = ""
    token: str
    is_draft: bool = False
    first: str = ""
    data: dict[str, Any] = {}


class CardRef(Struct, frozen=True, kw_only=True):
    """A card: its picture or film, its words, and which of the message's choices stand on it."""

    media: MediaRef
    words: Words = Words(text="")
    choices: tuple[int, ...] = ()


class OfferRef(Struct, frozen=True, kw_only=True):
    """Which products are offered, by their ids on shelves with titles; the whole catalogue where there are no shelves.

    `catalogue` as the bot wrote it; `first`: what stands first of the whole catalogue.
    """

    catalogue: str = ""
    shelves: tuple[tuple[str, tuple[str, ...]], ...] = ()
    button: str = ""
    first: str = ""


class Composed(Struct, frozen=True, kw_only=True):
    """What is said: words, a file with words, or a place. `style` is how the choices under it answer."""

    words: Words = Words(text="")
    media: MediaRef | None = None
    place: Place | None = None
    choices: tuple[Choice, ...] = ()
    style: Style = ""
    flow: "FlowRef | None" = None
    cards: tuple[CardRef, ...] = ()
    offer: OfferRef | None = None
    asks: About | None = None


class _Text(Struct):
    body: str


class MediaField(Struct):
    """A file, as every message and header names one."""

    id: str | int | None = None
    link: str | None = None
    caption: str | None = None
    filename: str | None = None
    voice: bool | None = None


class _Location(Struct):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None


class _Name(Struct):
    formatted_name: str


class _Phone(Struct):
    phone: str | None = None
    wa_id: str | None = None


class _Email(Struct):
    email: str | None = None


class _Url(Struct):
    url: str | None = None


class _Organisation(Struct):
    company: str | None = None
    department: str | None = None
    title: str | None = None


class _Contact(Struct):
    name: _Name
    phones: list[_Phone] | None = None
    emails: list[_Email] | None = None
    urls: list[_Url] | None = None
    org: _Organisation | None = None


def text(value: object) -> Composed:
    """Compose a text."""
    return Composed(words=words_of(at_most(read(value, _Text, at="text").body, TEXT, at="text.body")))


def media(kind: MediaType) -> Callable[[object], Composed]:
    """Return what composes a file of one type."""

    def compose(value: object) -> Composed:
        field = read(value, MediaField, at=kind)
        caption = field.caption or ""
        if len(caption) > CAPTION:
            raise GraphError(100, f"Param {kind}.caption must be at most {CAPTION} characters long.")
        return Composed(words=words_of(caption), media=media_ref(kind, field, at=kind))

    return compose


def media_ref(kind: MediaType, field: MediaField, *, at: str) -> MediaRef:
    """Return which file is meant."""
    if not field.id and not field.link:
        raise GraphError(131008, f"The parameter {at}.id or {at}.link is required.")
    return MediaRef(
        type=kind,
        id=str(field.id or ""),
        link="" if field.id else field.link or "",
        filename=field.filename or "",
        is_voice=bool(field.voice),
    )


def location(value: object) -> Composed:
    """Compose a place."""
    field = read(value, _Location, at="location")
    if not (-90 <= field.latitude <= 90 and -180 <= field.longitude <= 180):
        raise GraphError(131009, "Param location.latitude or location.longitude is not on the Earth.")
    named = "\n".join(part for part in (field.name, field.address) if part)
    return Composed(place=Place(latitude=field.latitude, longitude=field.longitude, text=named))


def contacts(value: object) -> Composed:
    """Compose the cards of people, as text that every app shows."""
    cards = read(value, list[_Contact], at="contacts")
    if not 1 <= len(cards) <= CONTACTS:
        raise GraphError(131009, f"Param contacts must have 1 to {CONTACTS} cards.")
    return Composed(words=joined(*(_card(card) for card in cards)))


def _card(card: _Contact) -> Words:
    name = marked(card.name.formatted_name, "strong")
    lines = [
        *(phone.phone or phone.wa_id for phone in card.phones or ()),
        *(email.email for email in card.emails or ()),
        *(url.url for url in card.urls or ()),
    ]
    if card.org is not None:
        lines.insert(0, ", ".join(part for part in (card.org.title, card.org.department, card.org.company) if part))
    rest = Words(text="\n".join(line for line in lines if line))
    return joined(name, rest) if not name.html else below(name, rest)


def below(first: Words, second: Words) -> Words:
    """Return two texts of which the second begins on the next line."""
    if not first.text or not second.text:
        return joined(first, second)
    both = joined(first, second)
    return Words(
        text=f"{first.text}\n{second.text}", html=both.html.replace("<br><br>", "<br>", 1) if both.html else ""
    )


BY_TYPE: Final[Mapping[str, Callable[[Any], Composed]]] = {
    "text": text,
    "image": media("image"),
    "video": media("video"),
    "audio": media("audio"),
    "document": media("document"),
    "sticker": media("sticker"),
    "location": location,
    "contacts": contacts,
}
"""Interactive messages and templates are composed in modules of their own."""
