"""What every way to send a text can do."""

from typing import Literal, Protocol, TypeAlias

Delivery: TypeAlias = Literal["pending", "sent", "delivered", "failed", "unknown"]


class SmsFailed(Exception):
    """The text was not sent, for a reason without secrets in it; `maybe_sent` where nobody can tell."""

    def __init__(self, reason: str, *, maybe_sent: bool) -> None:
        super().__init__(reason)
        self.maybe_sent = maybe_sent


class Sms(Protocol):
    """Sends texts. Numbers are written +62812345678."""

    async def send(self, number: str, text: str, *, purpose: str) -> str:
        """Send a text and return what the adapter calls it; raises `SmsFailed`."""
        ...

    async def status(self, message_id: str) -> Delivery:
        """Return what has become of a text."""
        ...

    async def price(self, number: str) -> int:
        """Return what a text to this number costs, in whole units of the operator's currency."""
        ...
