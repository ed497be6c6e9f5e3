"""Answers to a field as people write them in a chat, and back. Pure; whether they fit is for `fields` to say."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from amanat.gateway.forms.fields import EMPTY, Unfit
from amanat.gateway.forms.model import Option, Part
from amanat.gateway.forms.sense import State, as_text, options, resolve

NOTHING: Final = "-"
"""Leaves a field empty."""
AS_IT_IS: Final = "="
"""Takes what stands in a field at first."""

_YES: Final = frozenset({"ya", "iya", "y", "setuju", "oke", "ok", "yes", "agree", "i agree", "saya setuju"})
_NO: Final = frozenset({"tidak", "tdk", "t", "tidak setuju", "no", "n"})
_DAY: Final = re.compile(
    r"(?<!\d)(?:(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})|(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}))(?!\d)", re.ASCII
)
_BETWEEN: Final = re.compile(r"[,;\n]+|\s+(?:dan|and|&)\s+", re.I)


def read(part: Part, said: str, *, state: State) -> Any:
    """Return what somebody wrote as the answer to a field; raises `Unfit` for what makes no sense there."""
    said = said.strip()
    if said == NOTHING:
        return EMPTY[part.kind]
    if said == AS_IT_IS and (start := resolve(part.start, state)) is not None:
        return start
    return _READERS[part.kind](part, said, state)


def offered(part: Part, state: State) -> list[Option]:
    """Return what can be chosen, in the order in which it is numbered."""
    return [option for option in options(part.options, state) if option.enabled is True]


def shown(part: Part, value: Any, *, state: State, yes: tuple[str, str]) -> str:
    """Return an answer in words; `yes`: how one says it, and its opposite."""
    if part.kind == "yes":
        return yes[0] if value is True else yes[1]
    if part.kind == "dates" and isinstance(value, Mapping):
        return " \N{EN DASH} ".join(str(day) for day in value.values() if day)
    if part.kind in ("one", "many"):
        titles = {option.id: as_text(option.title) for option in options(part.options, state)}
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(titles.get(each, as_text(each)) for each in chosen if each)
    return as_text(value)


def _words(part: Part, said: str, _state: State) -> str:
    return said if part.kind == "lines" else " ".join(said.split("\n"))


def _one(part: Part, said: str, state: State) -> str:
    return _chosen(said, offered(part, state))


def _many(part: Part, said: str, state: State) -> list[str]:
    there = offered(part, state)
    try:
        return [_chosen(said, there)]  # a title may hold a comma
    except Unfit:
        pieces = said.split() if re.fullmatch(r"[\d\s]+", said, re.ASCII) else _BETWEEN.split(said)
        return [_chosen(piece, there) for piece in pieces if piece.strip()]


def _chosen(said: str, there: Sequence[Option]) -> str:
    plain = said.strip().rstrip(".").casefold()
    if plain.isascii() and plain.isdigit():
        if 1 <= int(plain[:4]) <= len(there) and len(plain) <= len(str(len(there))):
            return there[int(plain) - 1].id
        raise Unfit("not_offered")
    found = [option.id for option in there if as_text(option.title).strip().rstrip(".").casefold() == plain]
    if len(found) != 1:
        raise Unfit("not_offered")
    return found[0]


def _yes(_part: Part, said: str, _state: State) -> bool:
    plain = said.rstrip(".!").casefold()
    if plain not in _YES | _NO:
        raise Unfit("wrong")
    return plain in _YES


def _date(_part: Part, said: str, _state: State) -> str:
    return _days(said, many=1)[0]


def _dates(_part: Part, said: str, _state: State) -> dict[str, str]:
    first, last = _days(said, many=2)
    return {"start-date": first, "end-date": last}


def _days(said: str, *, many: int) -> list[str]:
    found = list(_DAY.finditer(said))
    if len(found) != many or (many == 1 and found[0].group() != said):
        raise Unfit("wrong")
    try:
        return [_day(*[int(part) for part in each.groups() if part], turned=each[4] is not None) for each in found]
    except ValueError:
        raise Unfit("wrong") from None


def _day(first: int, month: int, last: int, *, turned: bool) -> str:
    return (date(last, month, first) if turned else date(first, month, last)).isoformat()


_READERS: Final[Mapping[str, Callable[[Part, str, State], Any]]] = {
    "line": _words,
    "lines": _words,
    "one": _one,
    "many": _many,
    "yes": _yes,
    "date": _date,
    "dates": _dates,
}
