"""Whether one answer fits its field. Pure; the app has the same rules, and says the same reasons in words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from amanat.gateway.forms.model import ANSWER, Kind, Part
from amanat.gateway.forms.sense import State, holds, number, options, resolve

Reason: TypeAlias = Literal[
    "missing", "wrong", "too_short", "too_long", "no_number", "no_email", "no_phone", "no_digits", "not_offered",
    "too_few", "too_many", "too_early", "too_late", "closed", "too_near", "too_far",
]  # fmt: skip

EMPTY: Final[Mapping[Kind, Any]] = {
    "line": "",
    "lines": "",
    "one": "",
    "many": [],
    "yes": False,
    "date": "",
    "dates": {"start-date": "", "end-date": ""},
}
"""What is sent for a field that nobody filled in, or that was not there."""

_INPUTS: Final[Mapping[str, tuple[re.Pattern[str], Reason]]] = {
    "number": (re.compile(r"-?\d{1,15}([.,]\d{1,15})?", re.ASCII), "no_number"),
    "email": (re.compile(r"[^@\s]{1,64}@[^@\s]{1,200}\.[^@\s.]{2,24}"), "no_email"),
    "phone": (re.compile(r"\+?[0-9][0-9 ().-]{3,24}", re.ASCII), "no_phone"),
    "passcode": (re.compile(r"\d{1,64}", re.ASCII), "no_digits"),
}
_ANYTHING: Final[tuple[re.Pattern[str], Reason]] = (re.compile(r".*", re.S), "wrong")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Unfit(Exception):
    """An answer does not fit, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def fitting(part: Part, answer: Any, *, state: State) -> Any:
    """Return the answer to a field as it is sent; raises `Unfit`. `state` holds the answers above it."""
    if not holds(part.enabled, state):
        answer = resolve(part.start, state)
    empty = EMPTY[part.kind]
    if answer is None or answer == empty or answer == "":
        if holds(part.required, state):
            raise Unfit("missing")
        return empty
    return _READERS[part.kind](part, answer, state)


def _words(part: Part, answer: Any, state: State) -> str:
    if not isinstance(answer, str) or len(answer) > ANSWER:
        raise Unfit("wrong")
    if holds(part.required, state) and not answer.strip():
        raise Unfit("missing")
    least, most = number(part.least, state), number(part.most, state)
    if least is not None and len(answer) < least:
        raise Unfit("too_short")
    if most is not None and len(answer) > most:
        raise Unfit("too_long")
    if part.kind == "line":
        _check_line(part, answer)
    return answer


def _check_line(part: Part, answer: str) -> None:
    if "\n" in answer:
        raise Unfit("wrong")
    pattern, reason = _INPUTS.get(part.input, _ANYTHING)
    if not pattern.fullmatch(answer):
        raise Unfit(reason)


def _one(part: Part, answer: Any, state: State) -> str:
    offered = {option.id for option in options(part.options, state) if option.enabled is True}
    if not isinstance(answer, str) or answer not in offered:
        raise Unfit("not_offered")
    return answer


def _many(part: Part, answer: Any, state: State) -> list[str]:
    offered = [option.id for option in options(part.options, state) if option.enabled is True]
    if not isinstance(answer, list) or not all(isinstance(each, str) and each in offered for each in answer):
        raise Unfit("not_offered")
    chosen = [each for each in offered if each in answer]
    least, most = number(part.least, state), number(part.most, state)
    if least is not None and len(chosen) < least:
        raise Unfit("too_few")
    if most is not None and len(chosen) > most:
        raise Unfit("too_many")
    return chosen


def _yes(part: Part, answer: Any, state: State) -> bool:  # noqa: ARG001 - as all readers are asked
    if answer is not True:
        raise Unfit("wrong")
    return True


def _date(part: Part, answer: Any, state: State) -> str:
    return _day(part, answer, state).isoformat()


def _dates(part: Part, answer: Any, state: State) -> dict[str, str]:
    if not isinstance(answer, Mapping):
        raise Unfit("wrong")
    if not answer.get("start-date") or not answer.get("end-date"):
        raise Unfit("missing")
    first, last = (_day(part, answer[name], state) for name in ("start-date", "end-date"))
    days = (last - first).days + 1
    least, most = number(part.least, state), number(part.most, state)
    if days < max(least or 1, 1):
        raise Unfit("too_near")
    if most is not None and days > most:
        raise Unfit("too_far")
    return {"start-date": first.isoformat(), "end-date": last.isoformat()}


def _day(part: Part, answer: Any, state: State) -> date:
    found = day_of(answer)
    if found is None:
        raise Unfit("wrong")
    first, last = day_of(resolve(part.first, state)), day_of(resolve(part.last, state))
    if first is not None and found < first:
        raise Unfit("too_early")
    if last is not None and found > last:
        raise Unfit("too_late")
    closed = resolve(part.closed, state)
    is_closed = isinstance(closed, list) and found.isoformat() in closed
    if is_closed or (part.weekdays and found.weekday() not in part.weekdays):
        raise Unfit("closed")
    return found


def day_of(answer: Any) -> date | None:
    """Return the day that is written `2026-11-23`; None for anything else."""
    if not isinstance(answer, str) or not _DAY.fullmatch(answer):
        return None
    try:
        return date.fromisoformat(answer)
    except ValueError:
        return None


_READERS: Final[Mapping[str, Callable[[Part, Any, State], Any]]] = {
    "line": _words,
    "lines": _words,
    "one": _one,
    "many": _many,
    "yes": _yes,
    "date": _date,
    "dates": _dates,
}
