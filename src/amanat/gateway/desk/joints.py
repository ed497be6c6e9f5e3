"""What the desk needs of the other parts of a gateway, which it does not know: the composition fulfils it.

What is refused is raised as one of the desk's own errors.
"""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from msgspec import Struct

from amanat.gateway.office_files.quick_replies import QuickReply


class Place(Struct, frozen=True, kw_only=True):
    """Where people come to; `zone` is that of its clock, `Asia/Jakarta` say."""

    id: str
    name: str
    zone: str


class About(Struct, frozen=True, kw_only=True):
    """What a service says of itself now; `desks` are those that its flow hands over to."""

    name: str
    languages: tuple[str, ...]
    desks: tuple[str, ...]
    places: tuple[Place, ...]


class Wording(Struct, frozen=True, kw_only=True):
    """What variables are called, and the options that they hold, each by language: as far as the flow's folder says."""

    names: Mapping[str, Mapping[str, str]]
    options: Mapping[str, Mapping[str, Mapping[str, str]]]


class Names(Protocol):
    """What people call themselves."""

    async def of(self, user_ids: Collection[str]) -> Mapping[str, str]:
        """Return a name for each; who has none is called by their id's localpart."""
        ...

    def learn(self, user_id: str, name: str) -> None:
        """Take a name for somebody's who has just signed in."""
        ...


class Speech(Protocol):
    """What a service says of itself and what its staff say often, as it was published last."""

    def about(self) -> About:
        """Return it."""
        ...

    def wording(self) -> Wording:
        """Return in which words the staff read what the flow asked."""
        ...

    def quick_replies(self) -> tuple[QuickReply, ...]:
        """Return them in their order."""
        ...


class Upload(Struct, frozen=True, kw_only=True):
    """A file that somebody of the staff sends. `width`, `height`: of a picture, in pixels, or 0 if unknown."""

    name: str
    mimetype: str
    content: bytes
    width: int = 0
    height: int = 0

    def __repr__(self) -> str:
        return f"Upload({self.mimetype}, {len(self.content)} bytes)"


class Left(Struct, frozen=True, kw_only=True):
    """A file that lies locked with the server: the `EncryptedFile` that opens it, and the content that brings it."""

    file: dict[str, Any]
    content: dict[str, Any]

    def __repr__(self) -> str:
        return "Left(...)"


class Files(Protocol):
    """Files of chats, which lie locked with the server. Nothing of them is kept here."""

    async def open(self, file: Mapping[str, Any], *, most: int) -> bytes:
        """Return what an `EncryptedFile` opens; raises `FileGone`, `FileTooLarge` and `ServerAway`."""
        ...

    async def leave(self, upload: Upload) -> Left:
        """Lock a file and leave it with the server; raises `FileNotTaken` and `ServerAway`."""
        ...


class Shown(Struct, frozen=True, kw_only=True):
    """What somebody holds out: what their QR code says, or else a number as it was typed."""

    ticket: str = ""
    number: str = ""


class Days(Protocol):
    """The appointments of a day. A `line` is a JSON object that tells of one of them."""

    async def day(self, place: str, date: str) -> Mapping[str, Any]:
        """Return a day; raises `NoSuch` and `WrongValue`."""
        ...

    async def csv(self, place: str, date: str, *, language: str) -> str:
        """Return a day as a table; raises `NoSuch` and `WrongValue`."""
        ...

    async def check_in(self, member: str, shown: Shown, *, came_ms: int | None) -> Mapping[str, Any]:
        """Put somebody in line: `{"line", "late"}`. `came_ms`: when they came, of who was noted without a connection.

        Raises `NoSuch`, `Forged`, `OtherDay`, `Already`, and `WrongValue` for a time that is not of the last hours.
        """
        ...

    async def serve(self, member: str, number: str) -> Mapping[str, Any]:
        """Call somebody from the line; raises `NoSuch`, and `Already` where another was faster."""
        ...

    async def no_show(self, member: str, number: str) -> Mapping[str, Any]:
        """Say that somebody did not come whose time has begun; raises `NoSuch`, and `NotNow` where that is not so."""
        ...

    async def undo(self, member: str, number: str) -> Mapping[str, Any]:
        """Take back the last that was done with a visit today; raises `NoSuch`, and `NotNow` where nothing can be."""
        ...

    async def excuse(self, member: str, number: str) -> Mapping[str, Any]:
        """Let a missed visit count for nothing; raises `NoSuch`."""
        ...

    async def walk_in(self, member: str, *, place: str, service: str, name: str, txn_id: str) -> Mapping[str, Any]:
        """Give somebody without an appointment a number, once for each `txn_id`; raises `NoSuch` and `NoSeat`."""
        ...


class Tickets(Protocol):
    """What people told the office. A ticket is a JSON object."""

    async def in_state(self, state: str) -> list[Mapping[str, Any]]:
        """Return the tickets in a state, the longest waiting first."""
        ...

    async def change(self, member: str, number: str, *, state: str, answer: str) -> Mapping[str, Any]:
        """Put a ticket into a state, and say an answer to its person once; raises `NoSuch`."""
        ...


class Editing(Protocol):
    """The folder of files that a service speaks, and its earlier versions."""

    async def now(self) -> Mapping[str, Any]:
        """Return what is spoken, what was, and the files."""
        ...

    async def preview(
        self, base: str, changes: Mapping[str, str | None], *, said: list[str], language: str
    ) -> Mapping[str, Any]:
        """Talk to a changed folder; raises `NoSuch` for a version that is gone, and `WrongValue`."""
        ...

    async def publish(self, member: str, *, base: str, changes: Mapping[str, str | None]) -> str:
        """Speak a changed folder, and return its version; raises `Changed`, `FlowRefused` and `WrongValue`."""
        ...

    async def go_back(self, member: str, version: str) -> str:
        """Speak an earlier version again; raises `NoSuch` and `FlowRefused`."""
        ...
