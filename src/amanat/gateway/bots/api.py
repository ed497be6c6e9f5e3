"""What an API must tell of itself, and what it is given. The two APIs and the composition meet here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from amanat.gateway.bots.consents.consent_model import About, Consent
from amanat.gateway.bots.groups.group_model import GroupLine
from amanat.gateway.bots.introduction import Introduction
from amanat.gateway.bots.model import Chat, Drafted, Heard, Person, Said, Saying, Update
from amanat.gateway.bots.shop.goods import Goods
from amanat.gateway.bots.tokens import Token
from amanat.gateway.spooling import Content, Opened, Spool


class NoSuchChat(Exception):
    """The bot knows no chat of this number, or is in it no more."""


class NoLongerIn(NoSuchChat):
    """The bot was in this chat, and is in it no more."""


class NoSuchMessage(Exception):
    """The bot knows no message of this number, or cannot change it."""


class NotNow(Exception):
    """The server cannot be asked; the same call may succeed later."""


class NoWebhook(Exception):
    """Updates are delivered nowhere."""


class TooSoon(Exception):
    """The bot was tested a moment ago."""


class Me(Struct, frozen=True, kw_only=True):
    """The bot: its number, which stands in its token, its user name, and what it is called."""

    number: int
    username: str
    name: str


class Post(Struct, frozen=True, kw_only=True):
    """A webhook's request: it is sent byte for byte."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Api(Protocol):
    """What the composition asks of an API. `draft` and `post` are pure: nothing but what they are given."""

    @property
    def keeps_ms(self) -> int:
        """How long an update waits for a bot that does not take it."""
        ...

    @property
    def tells_reads(self) -> bool:
        """Whether it has words for how far people have read: what it has none for need not be asked of the server."""
        ...

    @property
    def begins_by(self) -> str:
        """The name of the setting that says whether a bot is told that a chat `Began`; empty where none ever is."""
        ...

    @property
    def sends_offers(self) -> bool:
        """Whether it knows messages that only go to who wants offers."""
        ...

    def post(self, webhook: "Webhook", update: Update, *, me: Me) -> Post:
        """Return the request that delivers an update; the same bytes at every try."""
        ...

    def sample(self, *, me: Me, position: int, ts: int) -> bytes:
        """Return an update that tells of nothing that happened, to test a webhook with."""
        ...

    async def introduction(self, line: "Line") -> Introduction:
        """Return what a bot says of itself."""
        ...

    async def answered(self, line: "Line", body: bytes, *, content_type: str) -> None:
        """Do what a webhook's answer asks for, where the API lets it ask for something.

        What the bot may not say just yet it waits for. Raises nothing but `NotNow`, and `InternalError` where it is
        not known whether that is on disk.
        """
        ...

    def draft(self, heard: Heard, *, me: Me, position: int) -> Drafted | None:
        """Return the update that tells of something; None where the API has no words for it."""
        ...


class Line(Protocol):
    """A bot's way to its chats. What returns has been written to disk; what it says reaches the server later."""

    @property
    def me(self) -> Me:
        """Who the bot is."""
        ...

    @property
    def secret(self) -> str:
        """A secret of the bot's own beside its tokens, for ever the same: what an API derives its keys from."""
        ...

    def now_ms(self) -> int:
        """Return what time it is."""
        ...

    # Chats and people.

    @property
    def group(self) -> GroupLine:
        """What it learns of its groups, and does in them."""
        ...

    @property
    def goods(self) -> Goods:
        """What the bot sells."""
        ...

    async def chat(self, number: int) -> Chat:
        """Return a chat; raises `NoSuchChat`."""
        ...

    async def person(self, number: int) -> Person | None:
        """Return somebody the bot has met."""
        ...

    async def person_of_phone(self, phone: str) -> Person | None:
        """Return who shared a phone number, in E.164, with this bot."""
        ...

    async def block(self, number: int, *, blocked: bool) -> Person | None:
        """Hear somebody no more, or again; nobody where the bot has not met them. They are not told."""
        ...

    async def blocked(self, *, after: int, most: int) -> list[Person]:
        """Return whom the bot does not hear, behind a number."""
        ...

    async def consent(self, number: int, about: About) -> Consent:
        """Return what somebody lets the bot do."""
        ...

    async def members(self, chat: Chat) -> list[Person]:
        """Return who else is in a chat."""
        ...

    async def leave(self, chat: Chat) -> None:
        """Leave a chat for good."""
        ...

    # Messages.

    async def say(self, chat: Chat, saying: Saying) -> Said:
        """Say something; raises `NoSuchChat`, `NoSuchMessage` for what it answers, `NotWanted` and `TooOften`."""
        ...

    async def say_all(self, chat: Chat, sayings: Sequence[Saying]) -> list[Said]:
        """Say several things, all or none; raises as `say` does."""
        ...

    async def edit(self, chat: Chat, number: int, *, saying: Saying) -> Said:
        """Change a message of the bot's; raises `NoSuchMessage`, and `NotNow` if the server does not have it yet."""
        ...

    async def delete(self, chat: Chat, number: int) -> None:
        """Take a message of the bot's back; raises as `edit` does."""
        ...

    async def delete_all(self, chat: Chat, numbers: Sequence[int]) -> None:
        """Take messages back, at once, those that can be; raises `NotNow` if the server does not have one yet."""
        ...

    async def stop_poll(self, chat: Chat, number: int) -> Said:
        """End a poll of the bot's, and return it with its votes; raises as `edit` does."""
        ...

    async def react(self, chat: Chat, number: int, *, emoji: str) -> None:
        """React to a message, in place of an earlier reaction; with no emoji, only take that back."""
        ...

    async def message(self, chat: Chat, number: int) -> Said:
        """Return a message of the last 30 days; raises `NoSuchMessage`."""
        ...

    async def show_typing(self, chat: Chat, *, seconds: int) -> None:
        """Show that the bot writes. Nothing happens where that cannot be shown."""
        ...

    async def mark_read(self, chat: Chat, number: int) -> None:
        """Let people see that the bot has read a message; raises `NoSuchMessage`."""
        ...

    # Files.

    async def keep_file(self, content: Content, *, name: str, mimetype: str) -> int:
        """Encrypt a file, leave it with the server, and return its number; raises `NotNow`."""
        ...

    async def file(self, number: int) -> "KeptFile | None":
        """Return what is known of a file; None where the bot knows none of this number."""
        ...

    async def open_file(self, number: int) -> bytes | None:
        """Fetch a file and open it; None where that is not possible any more; raises `NotNow`."""
        ...

    async def read_file(self, number: int, *, spool: Spool) -> Opened | None:
        """Fetch a file into a spool, to be read piece by piece; as `open_file` otherwise, and raises `Full`."""
        ...

    async def show_picture(self, content: bytes, *, mimetype: str) -> None:
        """Let the bot's account have a picture, which everybody can see; raises `NotNow`."""
        ...

    async def drop_file(self, number: int) -> bool:
        """Forget a file; whether there was one."""
        ...

    # What waits for the bot.

    async def updates(self, *, after: int, most: int) -> list[Update]:
        """Return what waits behind a position, the oldest first."""
        ...

    async def last_updates(self, *, most: int) -> list[Update]:
        """Return the newest of what waits, the oldest of them first."""
        ...

    async def confirm(self, *, to: int) -> None:
        """Forget every update up to a position, which the bot has."""
        ...

    async def count_updates(self) -> int:
        """Return how many wait."""
        ...

    async def wait_for_update(self, *, seconds: float) -> None:
        """Return when one comes, or when time is up."""
        ...

    # What an API keeps of its own: small, whole, and by name.

    async def setting(self, name: str) -> bytes | None:
        """Return what was kept under a name."""
        ...

    async def keep_setting(self, name: str, value: bytes | None) -> None:
        """Keep something under a name; None forgets it."""
        ...

    async def change_setting(self, name: str, change: Callable[[bytes | None], bytes | None]) -> None:
        """Keep what `change` makes of what is kept, with nobody else in between; what it raises changes nothing.

        It may be called twice, with the first time undone.
        """
        ...

    # Webhooks.

    async def set_webhook(self, webhook: "Webhook | None") -> None:
        """Deliver updates to an address from now on; without one, keep them."""
        ...

    async def webhook(self) -> "Webhook | None":
        """Return where updates are delivered."""
        ...

    async def deliveries(self) -> list["Delivery"]:
        """Return the last 100 tries, the newest first."""
        ...

    async def replay(self, position: int) -> bool:
        """Deliver an update again, also one that was given up; whether it is still there."""
        ...


class Bots(Protocol):
    """The bots of a gateway, as an API finds them."""

    def of_token(self, token: str) -> "Admitted | None":
        """Return the bot that a token is of, and what it lets do; None for one that is unknown, expired or revoked."""
        ...

    def of_number(self, number: int) -> Line | None:
        """Return a bot by its number, for an API that asks for another proof than its token."""
        ...


class Admitted(Struct, frozen=True):
    """A bot's program, let in by a token that holds."""

    line: Line
    token: Token


class KeptFile(Struct, frozen=True, kw_only=True):
    """A file that the bot has been sent, or has left with the server."""

    number: int
    name: str
    mimetype: str
    size: int
    ts: int


class Webhook(Struct, frozen=True, kw_only=True):
    """Where updates are delivered. `secret` is the API's own: what signs, or what is sent along.

    `kinds`: which updates; empty: all. Updates of one chat follow each other; `at_once` is for different chats.
    `since_ts`: when it was set, or 0 where nobody noted it.
    """

    url: str
    secret: str = ""
    kinds: tuple[str, ...] = ()
    at_once: int = 40
    since_ts: int = 0


class Trial(Struct, frozen=True, kw_only=True):
    """What came of a test: the HTTP status, or 0 and why there was none."""

    status: int
    answer: str
    took_ms: int


DeliveryState: TypeAlias = Literal["delivered", "retried", "waits", "given_up", "gone", "failed"]
"""`retried`: another try brought it; `waits`: it is tried again; `gone`: it waits no more, as it was fetched, say;
`failed`: a test, which is tried once."""


class Delivery(Struct, frozen=True, kw_only=True):
    """One try to deliver an update: the HTTP status, or 0 and why there was none. `state` is how it stands by now."""

    position: int
    update: int
    kind: str
    ts: int
    took_ms: int
    status: int
    answer: str
    state: DeliveryState
