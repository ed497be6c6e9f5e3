"""A filled-in form, walked again from its first screen: what is sent is made here, not by who filled it in. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, ValidationError, convert

from amanat.gateway.forms.fields import EMPTY, Reason, Unfit, fitting
from amanat.gateway.forms.model import FIELDS, FORM_ANSWER, SCREENS, Footer, Part, Screen
from amanat.gateway.forms.sense import State, holds, resolve, text


class Page(Struct, frozen=True):
    """One screen as it was filled in."""

    id: str
    values: dict[str, Any]


class _Answered(Struct):
    screens: list[Page]


class Misfit(Exception):
    """An answer does not fit its form: the field's label, or nothing where it is the way through, and the reason."""

    def __init__(self, label: str, reason: Reason) -> None:
        super().__init__(label, reason)
        self.label, self.reason = label, reason


def pages_of(content: Mapping[str, Any]) -> tuple[Page, ...] | None:
    """Return what a content says was filled in; None where it answers no form. Anybody can send anything."""
    if FORM_ANSWER not in content:
        return None
    try:
        return tuple(convert(content[FORM_ANSWER], _Answered).screens[: SCREENS + 1])
    except ValidationError:
        return ()


def sent_by(screens: Sequence[Screen], pages: Sequence[Page], *, first: str, data: dict[str, Any]) -> dict[str, Any]:
    """Return what a filled-in form sends; raises `Misfit`."""
    by_id = {screen.id: screen for screen in screens}
    state, at = State(given={first: data}, answers={}), first
    for index, page in enumerate(pages):
        screen = by_id.get(at)
        if screen is None or page.id != at or at in state.answers:
            break
        footer = _filled(screen, page, state)
        gives = {name: resolve(value, state) for name, value in footer.gives.items()}
        if not footer.to and index == len(pages) - 1:
            return gives
        at = footer.to
        state.given[at] = gives
    raise Misfit("", "wrong")


def _filled(screen: Screen, page: Page, state: State) -> Footer:
    answers = state.answers[screen.id] = {}
    for part in screen.parts:
        if part.kind in FIELDS:
            answers[part.name] = _answer(part, page.values.get(part.name), state)
    footer = next((each for each in screen.footers if holds(each.when, state)), None)
    if footer is None or not holds(footer.enabled, state):
        raise Misfit(screen.title, "wrong")
    return footer


def _answer(part: Part, answer: Any, state: State) -> Any:
    if not holds(part.when, state):
        return EMPTY[part.kind]
    try:
        return fitting(part, answer, state=state)
    except Unfit as unfit:
        raise Misfit(text(part.text, state), unfit.reason) from None
