"""What is learned before a unit and needed within it: a few things, by what they are about."""

from collections import OrderedDict
from typing import Final, Generic, TypeVar

MOST: Final = 1_000

T = TypeVar("T")


class Notes(Generic[T]):
    """Remembers the last thousand."""

    def __init__(self) -> None:
        self._notes: OrderedDict[str, T] = OrderedDict()

    def put(self, about: str, value: T) -> None:
        """Note something, and forget what was noted long ago."""
        self._notes[about] = value
        self._notes.move_to_end(about)
        while len(self._notes) > MOST:
            self._notes.popitem(last=False)

    def __contains__(self, about: str) -> bool:
        """Whether something is noted of it."""
        return about in self._notes

    def get(self, about: str, default: T) -> T:
        """Return what was noted."""
        return self._notes.get(about, default)
