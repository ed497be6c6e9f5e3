"""A flow that has passed every check: its steps, texts and tables, as values that never change."""

from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from amanat.gateway.office_files.calendars import Calendar

AnswerType = Literal["text", "digits", "number", "date", "phone"]
EffectKind = Literal["call", "hold", "book", "find", "move", "cancel", "wait", "ticket"]

_VISIT: Final = ("number", "date", "time", "arrive", "place")
_NEXT: Final = ("next_date", "next_time")
_NO_SEAT: Final = {"full": _NEXT, "closed": _NEXT, "not_yet": _NEXT}
_REFUSED: Final = {"already": _VISIT, "blocked": _NEXT}

OUTCOMES: Final[dict[EffectKind, dict[str, tuple[str, ...]]]] = {
    "call": {"found": (), "not_found": (), "error": ()},
    "hold": {"held": _VISIT, **_NO_SEAT, **_REFUSED, "error": ()},
    "book": {"booked": _VISIT, **_NO_SEAT, **_REFUSED, "error": ()},
    "find": {"found": _VISIT, "offered": _VISIT, "none": (), "error": ()},
    "move": {"moved": _VISIT, **_NO_SEAT, "too_often": _VISIT, "too_late": _VISIT, "none": (), "error": ()},
    "cancel": {"cancelled": _VISIT, "too_late": _VISIT, "none": (), "error": ()},
    "wait": {"waiting": (), "full": (), "closed": (), **_REFUSED, "error": ()},
    "ticket": {"opened": ("number",), "error": ()},
}
"""What can come of an effect, with the values it brings; first what was hoped for.

What `found` brings of a call is what its connector gives. A value may be missing: then a dash stands for it.
"""


class Option(Struct, frozen=True):
    """One line of a menu, as a person reads it."""

    id: str
    title: str
    description: str = ""


class Text(Struct, frozen=True, kw_only=True):
    """One text in one language; `options` are the lines of its menu, by the name of the option."""

    body: str
    options: dict[str, Option]
    file: str
    line: int
    """Where its heading stands."""
    body_line: int
    """Where its first word stands."""
    option_lines: dict[str, int]


class Say(Struct, frozen=True, kw_only=True):
    """Say something and go on."""

    name: str
    line: int
    say: tuple[str, ...]
    go: str


class Choose(Struct, frozen=True, kw_only=True):
    """Offer a menu and wait for a choice."""

    name: str
    line: int
    say: tuple[str, ...]
    options: dict[str, str]
    save: str = ""
    timeout_ms: int | None = None
    otherwise: str = ""


class Ask(Struct, frozen=True, kw_only=True):
    """Ask a question and wait for an answer of a type."""

    name: str
    line: int
    say: tuple[str, ...]
    ask: str
    type: AnswerType
    go: str
    otherwise: str
    min: str = ""
    max: str = ""
    secret: bool = False
    wrong: str = ""
    tries: int = 3
    timeout_ms: int | None = None


class Decide(Struct, frozen=True, kw_only=True):
    """Go one way or another, by a value that is known or by a calendar."""

    name: str
    line: int
    say: tuple[str, ...]
    decide: str
    when: dict[str, str]
    otherwise: str


class Effect(Struct, frozen=True, kw_only=True):
    """Have something done outside, and go where its outcome leads."""

    name: str
    line: int
    say: tuple[str, ...]
    kind: EffectKind
    target: str
    arguments: tuple[str, ...]
    when: dict[str, str]
    otherwise: str
    timeout_ms: int


class Count(Struct, frozen=True, kw_only=True):
    """Set a counter, or add one to it, then say something and go on."""

    name: str
    line: int
    say: tuple[str, ...]
    count: str
    start: int | None
    """What it is set to; None adds one."""
    go: str


class HandOver(Struct, frozen=True, kw_only=True):
    """Let a member of the staff answer; the bot is silent until they give back."""

    name: str
    line: int
    say: tuple[str, ...]
    desk: str
    go: str
    arguments: tuple[str, ...] = ()
    """The variables that the staff are shown, where they are known."""
    timeout_ms: int | None = None
    otherwise: str = ""


class End(Struct, frozen=True, kw_only=True):
    """Say goodbye; the next message begins anew."""

    name: str
    line: int
    say: tuple[str, ...]


Step = Say | Choose | Ask | Decide | Count | Effect | HandOver | End
WAITING: Final = (Choose, Ask, HandOver, End)
"""The steps at which a conversation waits for a person."""


class Table(Struct, frozen=True, kw_only=True):
    """A CSV file: its columns, its rows, and the text that shows one row, if texts may show the table."""

    file: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    row_text: str = ""


class Connector(Struct, frozen=True, kw_only=True):
    """A source of answers: what it needs to know and what it gives. With a table, the flow itself is the source.

    `alike`: the one thing that it needs is compared with samples, as `likeness` does it, and need not be the same.
    """

    needs: tuple[str, ...]
    gives: tuple[str, ...]
    table: str = ""
    alike: bool = False


class Flow(Struct, frozen=True, kw_only=True):
    """A whole flow. `version` changes with any byte of its folder."""

    id: str
    version: str
    title: dict[str, str]
    languages: tuple[str, ...]
    zone: ZoneInfo
    start: str
    human: str
    idle_ms: int
    words: dict[str, tuple[str, ...]]
    steps: dict[str, Step]
    texts: dict[str, dict[str, Text]]
    tables: dict[str, Table]
    connectors: dict[str, Connector]
    calendars: dict[str, Calendar]
    needed: dict[str, frozenset[str]]
    """For each step, the variables that it or a step after it still uses, or that the staff are shown if the person
    asks for them: all that a session there has to keep."""
    secrets: frozenset[str]


def targets(step: Step) -> tuple[str, ...]:
    """Return every step that this one may lead to."""
    match step:
        case Say() | Count():
            found: tuple[str, ...] = (step.go,)
        case Choose():
            found = (*step.options.values(), step.otherwise)
        case Ask() | HandOver():
            found = (step.go, step.otherwise)
        case Decide() | Effect():
            found = (*step.when.values(), step.otherwise)
        case End():
            found = ()
    return tuple(dict.fromkeys(target for target in found if target))


def local_date(flow: Flow, now_ms: int) -> date:
    """Return today's date where the service is."""
    return datetime.fromtimestamp(now_ms / 1000, flow.zone).date()
