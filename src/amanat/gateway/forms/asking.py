"""A form that is asked field by field: what is asked next, and what it comes to. Pure.

Answers lie by screen and field, not in the order in which they came. So one of them can be taken back, and what was
said behind it counts again where it is still asked for and still fits.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from msgspec import Struct

from amanat.gateway.forms.fields import EMPTY, Unfit, fitting
from amanat.gateway.forms.filling import Page
from amanat.gateway.forms.model import FIELDS, Footer, Part, Screen
from amanat.gateway.forms.sense import State, holds, resolve, text

Answers: TypeAlias = Mapping[str, Mapping[str, Any]]
"""What was answered, by screen and field."""
SECRET: Final = ("password", "passcode")


class Line(Struct, frozen=True, kw_only=True):
    """A field that is behind; `open`: it was asked for, and can be changed."""

    screen: str
    part: Part
    value: Any
    secret: bool
    open: bool


class Asked(Struct, frozen=True, kw_only=True):
    """A field that is asked for now. `said`: what stands before it on the screen; `lines`: what is behind."""

    screen: str
    part: Part
    state: State
    secret: bool
    said: tuple[str, ...]
    lines: tuple[Line, ...]


class Done(Struct, frozen=True, kw_only=True):
    """All is answered. `pages`: as an app sends them; None where the form goes no further with these answers."""

    pages: tuple[Page, ...] | None
    state: State
    said: tuple[str, ...]
    lines: tuple[Line, ...]


def standing(screens: Sequence[Screen], answers: Answers, *, first: str, data: dict[str, Any]) -> Asked | Done:
    """Return where somebody stands who has answered so much."""
    return _Walk(answers, State(given={first: data}, answers={})).along({each.id: each for each in screens}, first)


class _Walk:
    def __init__(self, answers: Answers, state: State) -> None:
        self._answers = answers
        self._state = state
        self._said: list[str] = []
        self._lines: list[Line] = []
        self._is_stuck = False

    def along(self, screens: Mapping[str, Screen], at: str) -> Asked | Done:
        pages: list[Page] = []
        while (screen := screens.get(at)) is not None and at not in self._state.answers:
            asked = self._screen(screen)
            if asked is not None:
                return asked
            footer = self._footer(screen)
            if footer is None:
                break
            pages.append(Page(at, dict(self._state.answers[at])))
            if not footer.to:
                return self._done(tuple(pages))
            at = footer.to
            self._state.given[at] = {name: resolve(value, self._state) for name, value in footer.gives.items()}
        return self._done(None)

    def _screen(self, screen: Screen) -> Asked | None:
        """Go down a screen until a field has no answer yet."""
        found = self._state.answers[screen.id] = {}
        for part in screen.parts:
            if part.kind not in FIELDS:
                self._read_out(part)
            elif not holds(part.when, self._state):
                found[part.name] = EMPTY[part.kind]
            elif (asked := self._field(screen, part, found)) is not None:
                return asked
        return None

    def _field(self, screen: Screen, part: Part, found: dict[str, Any]) -> Asked | None:
        given, state = self._answers.get(screen.id, {}), self._state
        is_open, secret = holds(part.enabled, state), part.name in screen.secret or part.input in SECRET
        fits = not is_open or part.name in given
        try:
            value = found[part.name] = fitting(part, given.get(part.name), state=state) if fits else None
        except Unfit:
            # What is shut and does not fit, nobody can change: the app does not go on either.
            fits, value = not is_open, EMPTY[part.kind]
            self._is_stuck = self._is_stuck or not is_open
        if not fits:
            found.pop(part.name, None)
            said, lines = tuple(self._said), tuple(self._lines)
            return Asked(screen=screen.id, part=part, state=state, secret=secret, said=said, lines=lines)
        self._lines.append(Line(screen=screen.id, part=part, value=value, secret=secret, open=is_open))
        if is_open:
            self._said.clear()
        return None

    def _footer(self, screen: Screen) -> Footer | None:
        footer = next((each for each in screen.footers if holds(each.when, self._state)), None)
        return footer if footer is not None and holds(footer.enabled, self._state) and not self._is_stuck else None

    def _read_out(self, part: Part) -> None:
        words = text(part.text, self._state).strip() if holds(part.when, self._state) else ""
        if words or (part.url and holds(part.when, self._state)):
            self._said.append(f"{words}: {part.url}".removeprefix(": ") if part.url else words)

    def _done(self, pages: tuple[Page, ...] | None) -> Done:
        return Done(pages=pages, state=self._state, said=tuple(self._said), lines=tuple(self._lines))
