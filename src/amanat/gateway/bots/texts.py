"""What strangers write, as a row can hold it. Pure."""

from typing import Final

NUL: Final = "\0"
"""No text of PostgreSQL's holds it: a row with it is refused, and with it whatever is in the same unit."""


def holdable(text: str) -> str:
    """Return a text with what stands for an unreadable character where no database could hold one."""
    return text.replace(NUL, "\ufffd")
