"""Who may do what in a group, and what a bot does about it, in no API's words. Pure data, and that part of a `Line`."""

from typing import Literal, Protocol

from msgspec import Struct

from amanat.gateway.bots.groups.link_model import InviteLink, LinkWish
from amanat.gateway.bots.groups.rights import Rights, Status
from amanat.gateway.bots.model import Chat, Person

Act = Literal["ban", "unban", "put_out", "let_in"]
Rank = Literal["silent", "member", "administrator", "leader"]
"""What somebody can be made: who may not write, who is like all others, who administers, and who names those."""


class NotAllowed(Exception):
    """The group does not give the bot the power for this."""


class Member(Struct, frozen=True, kw_only=True):
    """Somebody as a group has them; the bot where `person` is nobody. `asks`: they have asked to join.

    `until_ts`: when the bot is to let them come, or write, again; 0 where that is left to somebody.
    """

    person: Person | None
    status: Status
    rights: Rights
    asks: bool = False
    until_ts: int = 0


class About(Struct, frozen=True, kw_only=True):
    """A group. `title` and `topic` are empty where they are encrypted between its people.

    `pinned`: the newest pinned message that the bot knows. `is_open`: whoever has the link may ask to join.
    """

    title: str
    topic: str
    everybody: Rights
    pinned: int | None
    is_open: bool


class LinkLine(Protocol):
    """A bot's way to the links of its groups. Each asks the server, and raises `NotNow` and `NotAllowed`."""

    async def make(self, chat: Chat, wish: LinkWish, *, is_primary: bool = False) -> InviteLink:
        """Make a link; a primary one in place of that before it. Raises `TooManyLinks`."""
        ...

    async def change(self, chat: Chat, url: str, *, wish: LinkWish) -> InviteLink:
        """Change a link that holds; raises `NoSuchLink`."""
        ...

    async def revoke(self, chat: Chat, url: str) -> InviteLink:
        """Let nobody come by a link any more; raises `NoSuchLink`."""
        ...


class GroupLine(Protocol):
    """A bot's way to its groups. Each call asks the server, and raises `NotNow`; each act also `NotAllowed`."""

    async def about(self, chat: Chat) -> About:
        """Return what a group is."""
        ...

    async def count(self, chat: Chat) -> int:
        """Return how many are in it, with the bot."""
        ...

    async def member(self, chat: Chat, person: Person | None) -> Member:
        """Return somebody; the bot for nobody."""
        ...

    async def administrators(self, chat: Chat) -> list[Member]:
        """Return who administers it, who made it first; the bot too, if it does."""
        ...

    async def act(self, chat: Chat, act: Act, *, person: Person, until_ts: int = 0) -> None:
        """Put somebody out, or let them in; what is so already is left as it is.

        Whoever is banned may come again at `until_ts`, if there is one; raises `TooMany`.
        """
        ...

    async def make(self, chat: Chat, person: Person, *, rank: Rank, until_ts: int = 0) -> None:
        """Give somebody a rank; who is `silent` may write again at `until_ts`, if there is one; raises `TooMany`."""
        ...

    async def let_everybody_say(self, chat: Chat, *, may: bool) -> None:
        """Let those who administer nothing write, or not."""
        ...

    async def rename(self, chat: Chat, *, title: str | None = None, topic: str | None = None) -> None:
        """Call a group something else; `NotAllowed` too where names are encrypted between its people."""
        ...

    async def pin(self, chat: Chat, number: int, *, is_pinned: bool) -> None:
        """Pin a message, or let it go; raises `NoSuchMessage`."""
        ...

    async def unpin(self, chat: Chat, *, all_of_them: bool) -> None:
        """Let go of the message that was pinned last, or of all."""
        ...

    @property
    def links(self) -> LinkLine:
        """The links by which people come into its groups."""
        ...
