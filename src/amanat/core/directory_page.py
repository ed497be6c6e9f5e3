"""Where a page of the public directory begins, and which way it goes. Pure."""

from msgspec import Struct

from amanat.core.canonical_json import MAX_INTEGER


class Place(Struct, frozen=True, kw_only=True):
    """Between two rooms of the directory: after the one of these members and this id, or before it."""

    joined: int
    room_id: str
    backwards: bool = False

    def __str__(self) -> str:
        return f"{'p' if self.backwards else 'n'}.{self.joined}.{self.room_id}"


BEGINNING = Place(joined=MAX_INTEGER, room_id="")


def parse(token: str) -> Place | None:
    """Read a page's token; None if it is not one."""
    way, _, rest = token.partition(".")
    joined, _, room_id = rest.partition(".")
    if way not in ("n", "p") or not (joined.isascii() and joined.isdigit() and len(joined) < 16):
        return None
    return Place(joined=int(joined), room_id=room_id, backwards=way == "p")
