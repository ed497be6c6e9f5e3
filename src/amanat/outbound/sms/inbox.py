"""The phone of everybody in a lab, a demo or a test: texts are kept in memory, and sent nowhere."""

from collections import deque
from collections.abc import Callable
from itertools import count
from typing import Final

from msgspec import Struct

from amanat.outbound.sms.sms import Delivery

KEPT: Final = 100


class Text(Struct, frozen=True, kw_only=True):
    """A text that would have gone out: `to` is a number, or the address of an e-mail."""

    id: str
    to: str
    text: str
    purpose: str
    ts: int


class Inbox:
    """Keeps the last hundred texts."""

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._numbers = count(1)
        self._texts: deque[Text] = deque(maxlen=KEPT)

    def keep(self, to: str, text: str, *, purpose: str) -> str:
        """Keep a text, and return what it is called."""
        name = f"inbox-{next(self._numbers)}"
        self._texts.append(Text(id=name, to=to, text=text, purpose=purpose, ts=self._now_ms()))
        return name

    def texts(self, to: str | None = None) -> list[Text]:
        """Return the texts to somebody, or to everybody, newest first."""
        return [text for text in reversed(self._texts) if to is None or text.to == to]

    async def send(self, number: str, text: str, *, purpose: str) -> str:
        """Keep a text."""
        return self.keep(number, text, purpose=purpose)

    async def status(self, message_id: str) -> Delivery:
        """A text is delivered as long as it is kept."""
        return "delivered" if any(text.id == message_id for text in self._texts) else "unknown"

    async def price(self, number: str) -> int:  # noqa: ARG002 - it costs nothing, whoever it goes to
        """Return nothing."""
        return 0
