"""The names of presses, under which a bot answers them. Pure."""

import re
from typing import Final

_QUERY_ID: Final = re.compile(r"(-?[0-9]{1,18})_([0-9]{1,18})", re.ASCII)


def query_id(chat: int, press: int) -> str:
    """Return the name of a press in a chat."""
    return f"{chat}_{press}"


def chat_in(name: str) -> int | None:
    """Return the chat that a press was in; None where the name is none of ours."""
    found = _QUERY_ID.fullmatch(name)
    return int(found[1]) if found else None
