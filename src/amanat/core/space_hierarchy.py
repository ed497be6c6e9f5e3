"""The children of a space, and the order they stand in. Pure; spec: client-server-api#spaces."""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from amanat.core.events import Event
from amanat.core.stripped_state import strip

SPACE_CHILD = "m.space.child"
MAX_ORDER = 50


class Walk(Struct, frozen=True, kw_only=True):
    """How a hierarchy is asked for, and where a page of it begins: a token holds all of it."""

    suggested_only: bool
    max_depth: int
    skip: int = 0

    def __str__(self) -> str:
        return f"{self.skip}.{self.max_depth}.{int(self.suggested_only)}"


def parse(token: str) -> Walk | None:
    """Read a page's token; None if it is not one."""
    parts = token.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return None
    skip, max_depth, suggested = (int(part) for part in parts)
    return Walk(skip=skip, max_depth=max_depth, suggested_only=bool(suggested))


def children(state: Mapping[tuple[str, str], Event], *, suggested_only: bool) -> list[Event]:
    """Return the valid `m.space.child` events of a space in the order that its rooms are shown in."""
    create = state.get(("m.room.create", ""))
    if create is None or create.content.get("type") != "m.space":
        return []
    return sorted(_valid(state.values(), suggested_only=suggested_only), key=_place)


def child_state(event: Event) -> dict[str, Any]:
    """Return a child's event as `children_state` holds it."""
    return {**strip(event), "origin_server_ts": event.origin_server_ts}


def _valid(events: Iterable[Event], *, suggested_only: bool) -> Iterable[Event]:
    for event in events:
        if event.type != SPACE_CHILD:
            continue
        via = event.content.get("via")
        if not isinstance(via, list) or not via:
            continue  # this is how a child is taken out of its space
        if suggested_only and event.content.get("suggested") is not True:
            continue
        yield event


def _place(event: Event) -> tuple[bool, str, int, str]:
    """Spec: client-server-api#ordering-of-children-within-a-space."""
    order = event.content.get("order")
    valid = isinstance(order, str) and len(order) <= MAX_ORDER and all(" " <= character <= "~" for character in order)
    return not valid, str(order) if valid else "", event.origin_server_ts, event.state_key or ""
