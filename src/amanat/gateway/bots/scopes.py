"""What a token lets its bearer do. Which call needs which, each API says in a table of its own."""

from collections.abc import Iterable
from typing import Final, Literal, get_args

Scope = Literal["read", "write", "manage"]
"""`read`: what people say and sent. `write`: say something. `manage`: where updates go, what the bot is called."""

SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


class NoSuchScope(Exception):
    """Somebody wrote what is no scope: its sentence says which there are."""


def scopes_of(names: Iterable[str]) -> tuple[Scope, ...]:
    """Return scopes by their names, each once and in their order; raises `NoSuchScope`."""
    wanted = {name.strip() for name in names}
    found = tuple(scope for scope in SCOPES if scope in wanted)
    if not found or len(found) < len(wanted):
        raise NoSuchScope(f"The scopes of a token are among {', '.join(SCOPES)}, and one at least.")
    return found
