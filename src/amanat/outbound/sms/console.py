"""Texts on standard error, for who develops. Whoever reads the terminal or its log reads the codes."""

import sys
from itertools import count
from typing import TextIO

from amanat.outbound.sms.sms import Delivery


class Console:
    """Prints texts. Only a server that is configured to has one."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream
        self._numbers = count(1)

    async def send(self, number: str, text: str, *, purpose: str) -> str:
        """Print a text."""
        stream = self._stream or sys.stderr
        stream.write(f"--- SMS to {number} ({purpose})\n{text}\n---\n")
        stream.flush()
        return f"console-{next(self._numbers)}"

    async def status(self, message_id: str) -> Delivery:  # noqa: ARG002 - what is printed is printed
        """Return that it was printed."""
        return "delivered"

    async def price(self, number: str) -> int:  # noqa: ARG002 - it costs nothing, whoever it goes to
        """Return nothing."""
        return 0
