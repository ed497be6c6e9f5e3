"""What is wrong with what a clerk wrote: a file, a line, and one sentence."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from msgspec import Struct

_FEW: Final = 12
"""As many known words as a sentence can list and still be read."""


class Problem(Struct, frozen=True, order=True):
    """One thing that is wrong, and where."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


class FilesRefused(Exception):
    """Files that cannot be used, with everything that was found wrong in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class Findings:
    """Collects problems, so that a clerk is told all of them at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, file: str, line: int, *, sentence: str) -> None:
        self.note(Problem(file, line, sentence))

    def note(self, problem: Problem) -> None:
        self._problems.append(problem)

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems)

    def refuse(self) -> None:
        """End the reading here if anything was found: what comes next relies on what was read so far."""
        if self._problems:
            raise FilesRefused(self._problems)


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return the sentence that follows one about an unknown word: the nearest known one, or which there are."""
    words = list(dict.fromkeys(known))
    if close := get_close_matches(word.casefold(), words, n=1, cutoff=0.6):
        return f" Did you mean '{close[0]}'?"
    if words and len(words) <= _FEW:
        return f" Known here: {', '.join(words)}."
    return ""
