"""What happens in a bot's chats and what it says there, in no API's words. Pure data.

A bot knows people, chats, messages and files by numbers that it alone is given: two bots cannot tell that they speak
with the same person. Times are in ms since 1970.
"""

from typing import Any, Literal, TypeAlias

from msgspec import Struct

from amanat.gateway.bots.consents.consent_model import About, Answer
from amanat.gateway.bots.groups.link_model import InviteLink
from amanat.gateway.bots.groups.rights import Stance
from amanat.gateway.bots.shop.model import KeptOffer, Offer, OrderedItem
from amanat.gateway.forms.model import Screen

ChatKind = Literal["private", "group"]
Standing = Literal["member", "left", "kicked"]
MediaKind = Literal["picture", "video", "voice", "audio", "file", "sticker", "animation"]
Wanted = Literal["", "phone", "place"]
"""What a choice asks its person for, beside their words: their own number, or where they are."""


class Person(Struct, frozen=True, kw_only=True):
    """Somebody a bot has met. `phone`: in E.164, once they shared it with this bot; empty before.

    `blocked`: the bot does not want to hear them.
    """

    number: int
    name: str
    phone: str = ""
    blocked: bool = False


class Chat(Struct, frozen=True, kw_only=True):
    """Where a bot talks. A private chat has its person's number; a group's is negative.

    `heard_ts`: when somebody else last said or chose something there, or when it began.
    """

    number: int
    room_id: str
    kind: ChatKind
    title: str
    person: Person | None = None
    heard_ts: int = 0


class Words(Struct, frozen=True, kw_only=True, tag=True):
    """A text. `html`: what its writer's app marked, in the tags of `org.matrix.custom.html`; empty without marks."""

    text: str
    html: str = ""


class Media(Struct, frozen=True, kw_only=True, tag=True):
    """A file. `file`: a number for `Line.open_file`; `caption` is what is said with it, empty without words.

    Sides in pixels, `duration_ms` of what is played; 0 where nobody said. `size` in bytes.
    """

    kind: MediaKind
    file: int
    name: str
    mimetype: str
    size: int
    caption: Words = Words(text="")
    width: int = 0
    height: int = 0
    duration_ms: int = 0


class Place(Struct, frozen=True, kw_only=True, tag=True):
    """A point on the Earth, in degrees; `text` is what stands for it where there is no map."""

    latitude: float
    longitude: float
    text: str = ""


class OwnNumber(Struct, frozen=True, kw_only=True, tag=True):
    """The sender's own phone number, in E.164, as the server tested it: no app could say another."""

    phone: str


class PollBody(Struct, frozen=True, kw_only=True, tag=True):
    """A poll, with its answers in their order, by id and text, of which one may choose `most`.

    `secret`: what was voted is shown once it has ended. `votes`: for each answer, by so many `voters`; empty before.
    `right`: places of the answers that are right, which people are told once it has ended, with the `explanation`.
    """

    question: str
    answers: tuple[tuple[str, str], ...]
    most: int = 1
    secret: bool = False
    ended: bool = False
    votes: tuple[int, ...] = ()
    voters: int = 0
    right: tuple[int, ...] = ()
    explanation: str = ""


class Unknown(Struct, frozen=True, kw_only=True, tag=True):
    """What no bot is told of closer; `text` is what stands for it."""

    text: str = ""


class Deleted(Struct, frozen=True, tag=True):
    """It was taken back."""


Body: TypeAlias = Words | Media | Place | OwnNumber | PollBody | Unknown | Deleted


class FormBody(Struct, frozen=True, kw_only=True):
    """A form to fill in, under a message: the words of its button, and what the screen that it opens is given."""

    button: str
    screens: tuple[Screen, ...]
    first: str
    data: dict[str, Any] = {}


class Choice(Struct, frozen=True, kw_only=True):
    """One thing to choose under a message: a button, or the row of a list.

    `data` is the bot's own, returned when it is chosen. `url`: it opens a page instead, and nothing comes back.
    `section`: the heading it stands under. `wants`: our app shares that when it is chosen; others say its words.
    `labels`: what it says in several languages, by their codes, where the words are the gateway's own; `label` is the
    first of them. `about`: what it decides, beside being chosen.
    """

    label: str
    data: str = ""
    description: str = ""
    url: str = ""
    section: str = ""
    wants: Wanted = ""
    labels: tuple[tuple[str, str], ...] = ()
    about: About | None = None


class Card(Struct, frozen=True, kw_only=True):
    """One of several cards in a message: a picture or a film, words, and choices of the message's, by their places."""

    media: Media
    words: Words = Words(text="")
    choices: tuple[int, ...] = ()


class Said(Struct, frozen=True, kw_only=True):
    """A message as a bot knows it. `sender` is nobody where the bot said it itself.

    `markup` is what the API keeps beside a message of the bot's: opaque bytes, for it alone. `offer`: what it sells.
    """

    number: int
    chat: Chat
    sender: Person | None
    ts: int
    body: Body
    reply_to: int | None = None
    choices: tuple[Choice, ...] = ()
    markup: bytes = b""
    forwarded: bool = False
    edited_ts: int | None = None
    offer: KeptOffer | None = None


class Came(Struct, frozen=True, kw_only=True):
    """Somebody said something. `quoted`: what it answers, where that is still known; `product`: which of its offer."""

    said: Said
    quoted: Said | None = None
    product: str = ""


class Edited(Struct, frozen=True, kw_only=True):
    """Somebody changed what they had said; `said` is as it is now."""

    said: Said


class Pressed(Struct, frozen=True, kw_only=True):
    """Somebody chose something under a message of the bot's: by a button, its number or its words.

    `number` is the press's own, as of a message.
    """

    number: int
    person: Person
    said: Said
    choice: Choice
    ts: int


class Reacted(Struct, frozen=True, kw_only=True):
    """Somebody reacted to a message, or took it back: then `emoji` is empty."""

    chat: Chat
    person: Person
    number: int
    emoji: str
    ts: int


class TakenBack(Struct, frozen=True, kw_only=True):
    """Somebody deleted what they had said."""

    chat: Chat
    person: Person
    number: int
    ts: int


class Membership(Struct, frozen=True, kw_only=True):
    """Somebody came into a chat or left it; the bot itself where `person` is nobody.

    Whoever leaves a private chat has blocked the bot, as other messengers call it. `by`: who brought the bot in, or put
    it out, for good where it `is_banned`.
    """

    chat: Chat
    person: Person | None
    is_in: bool
    ts: int
    by: Person | None = None
    is_banned: bool = False


class Began(Struct, frozen=True, kw_only=True):
    """A private chat begins, before anything is said there: the bot is in, and its person is.

    `setting`: what the API keeps under `Api.begins_by`.
    """

    chat: Chat
    person: Person
    ts: int
    setting: bytes = b""


class Moved(Struct, frozen=True, kw_only=True):
    """What somebody is in a group has changed; `by` is who changed it, themselves perhaps.

    `link`: by which of the bot's links they have come.
    """

    chat: Chat
    person: Person
    by: Person
    before: Standing
    after: Standing
    ts: int
    link: InviteLink | None = None


class Ranked(Struct, frozen=True, kw_only=True):
    """Somebody in a group was given other powers, or fewer; the bot itself where `person` is nobody."""

    chat: Chat
    person: Person | None
    by: Person
    before: Stance
    after: Stance
    ts: int


class Renamed(Struct, frozen=True, kw_only=True):
    """A group is called something else; `chat` has its name."""

    chat: Chat
    by: Person
    ts: int


class Asked(Struct, frozen=True, kw_only=True):
    """Somebody asks to be let into a group; `link`: by which of the bot's links."""

    chat: Chat
    person: Person
    ts: int
    link: InviteLink | None = None


class Delivered(Struct, frozen=True, kw_only=True):
    """The server has a message of the bot's (`is_sent`), or will never take it."""

    chat: Chat
    number: int
    is_sent: bool
    ts: int
    markup: bytes = b""


class WasRead(Struct, frozen=True, kw_only=True):
    """The person of a private chat has read a message of the bot's, as their app said at `ts`."""

    chat: Chat
    number: int
    ts: int
    markup: bytes = b""


class FilledIn(Struct, frozen=True, kw_only=True):
    """Somebody filled in a form of the bot's. `values`: what it sends; `number` is the answer's own."""

    number: int
    person: Person
    said: Said
    values: dict[str, Any]
    ts: int


class Ordered(Struct, frozen=True, kw_only=True):
    """Somebody ordered out of an offer of the bot's, for its prices; `number` is the order's own."""

    number: int
    person: Person
    said: Said
    catalogue: str
    items: tuple[OrderedItem, ...]
    note: str
    ts: int


class Voted(Struct, frozen=True, kw_only=True):
    """Somebody voted in a poll of the bot's, in place of what they voted before; `chosen`: places of its answers."""

    said: Said
    person: Person
    chosen: tuple[int, ...]


class PollChanged(Struct, frozen=True, kw_only=True):
    """A poll of the bot's has other votes, or any has ended."""

    said: Said


class Decided(Struct, frozen=True, kw_only=True):
    """Somebody lets the bot do something, or no more."""

    chat: Chat
    person: Person
    about: About
    answer: Answer
    ts: int


Heard: TypeAlias = (
    FilledIn
    | Ordered
    | Came
    | Decided
    | Edited
    | Pressed
    | Reacted
    | TakenBack
    | Membership
    | Began
    | Moved
    | Ranked
    | Renamed
    | Asked
    | Delivered
    | WasRead
    | Voted
    | PollChanged
)


class Saying(Struct, frozen=True, kw_only=True):
    """What a bot says: words (with a menu under them, if `choices`), or media of bytes that `Line.keep_file` took.

    `numbered`: the choices are also written below the text, for apps without buttons. `closes_ts`: when a poll is over;
    if that has passed, it is as soon as it is asked. `cards`: every choice stands on one of them. `needs`: what its
    person must have allowed; `minds`: what they must not have refused; `asks`: what they are asked to allow, once.
    `offers_a_day`: it is an offer, of which they get so many in a day before they write again; 0: it is none.
    """

    body: Body
    choices: tuple[Choice, ...] = ()
    reply_to: int | None = None
    markup: bytes = b""
    forwarded: bool = False
    numbered: bool = True
    form: FormBody | None = None
    closes_ts: int = 0
    cards: tuple[Card, ...] = ()
    offer: Offer | None = None
    needs: About | None = None
    minds: About | None = None
    asks: About | None = None
    offers_a_day: int = 0


class Update(Struct, frozen=True, kw_only=True):
    """What waits for a bot: rendered once, so that every try brings the same bytes.

    `chat`: updates of one chat are delivered in their order. `kind` is the API's name for it.
    """

    position: int
    chat: int
    kind: str
    body: bytes
    ts: int


class Drafted(Struct, frozen=True):
    """An update in the making."""

    kind: str
    body: bytes


Json: TypeAlias = dict[str, Any]
