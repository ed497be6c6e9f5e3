"""What stands on the screens of the demo's two people, as their apps tell it."""

from typing import Final

from msgspec import Struct

KEPT: Final = 30
"""Messages on the page; older ones scroll off it."""


class Read(Struct, frozen=True, kw_only=True):
    """A message as it stands on one person's screen. `text` is `None` if their app could not decrypt it."""

    reader: str
    event_id: str
    sender: str
    text: str | None
    ts: int


class Message(Struct, kw_only=True):
    """What is known of one message: who wrote it, and what each reader reads."""

    sender: str
    ts: int
    texts: dict[str, str | None]


class Screens:
    """What stands on Ani's and Budi's screens, as their apps told."""

    def __init__(self) -> None:
        self.messages: dict[str, Message] = {}
        self.trouble: str | None = None

    def show(self, read: Read) -> None:
        """Add what somebody read; the oldest message goes when there are too many."""
        message = self.messages.setdefault(read.event_id, Message(sender=read.sender, ts=read.ts, texts={}))
        message.sender = read.sender
        message.texts[read.reader] = read.text
        while len(self.messages) > KEPT:
            del self.messages[min(self.messages, key=lambda event_id: self.messages[event_id].ts)]
