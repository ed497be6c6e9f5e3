"""What the bench asks of a server that it measures."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from msgspec import Struct


class Scale(Struct, frozen=True, kw_only=True):
    """How much load a subject is given; where it is less than the table's, its figures say so."""

    people: int
    large_room: int
    small_room: int
    rooms: int
    events: int
    joins: int
    uploads: int

    def times(self, factor: float) -> "Scale":
        """Shrink everything, for a run that only shows that the bench works."""
        floors = {
            "people": 40,
            "large_room": 20,
            "small_room": 20,
            "rooms": 5,
            "events": 2_000,
            "joins": 20,
            "uploads": 20,
        }
        return Scale(**{name: max(floor, round(getattr(self, name) * factor)) for name, floor in floors.items()})


# The load of the table itself.
FULL = Scale(
    people=10_000, large_room=5_000, small_room=1_000, rooms=1_000, events=1_000_000, joins=1_000, uploads=1_000
)


class Launch(Struct, frozen=True, kw_only=True):
    """How a server is started."""

    command: Sequence[str]


class Subject(Protocol):
    """A server under measurement."""

    name: str
    scale: Scale

    @property
    def title(self) -> str:
        """The title of its column."""

    def prepare(self) -> None:
        """Install what the server needs; called once, before its first start."""

    def launch(self, *, data: Path, port: int, database: str | None) -> Launch:
        """Say how it is started on a data folder, with its own SQLite database or on a PostgreSQL URL."""
