"""The steps of a flow file: each is of one kind, named by the key that says what it does."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, get_args

from amanat.gateway.flows.model import (
    OUTCOMES,
    AnswerType,
    Ask,
    Choose,
    Connector,
    Count,
    Decide,
    Effect,
    EffectKind,
    End,
    HandOver,
    Say,
    Step,
)
from amanat.gateway.office_files.problems import suggestion
from amanat.gateway.office_files.sections import Section

KINDS: Final = ("choose", "ask", "decide", "count", *OUTCOMES, "hand_over", "end")
ANSWER_TYPES: Final = get_args(AnswerType)

EFFECT_TIMEOUT_MS: Final = 20_000
"""How long a person is left waiting for another system before the flow goes on without it."""
TEXT_MAX: Final = 1000
DIGITS_MAX: Final = 20
TRIES: Final = 3


def read_step(section: Section, *, name: str, connectors: dict[str, Connector]) -> Step:
    """Read one step; what is wrong with it is noted, and the step is as good as it can be."""
    kinds = [kind for kind in KINDS if kind in section.keys]
    if len(kinds) > 1:
        section.say(f"{section.what} does two things, '{kinds[0]}' and '{kinds[1]}': make a step of each.")
    kind = kinds[0] if kinds else "say"
    if kind in OUTCOMES:
        return _effect(section, name, kind=kind, connectors=connectors)
    return _READERS[kind](section, name)


def _say(section: Section, name: str) -> Say:
    section.allow("say", "go", *KINDS)
    if not section.texts("say"):
        section.say(f"{section.what} does nothing: it needs one of say, {', '.join(KINDS)}.")
    return Say(name=name, line=section.line, say=section.texts("say"), go=section.name("go", required=True))


def _choose(section: Section, name: str) -> Choose:
    section.allow("say", "choose", "save", "timeout", "otherwise")
    if not section.texts("say"):
        section.say(f"{section.what} needs 'say': the text that stands above its menu.")
    step = Choose(
        name=name,
        line=section.line,
        say=section.texts("say"),
        options=section.pairs("choose"),
        save=section.name("save"),
        timeout_ms=section.duration_ms("timeout"),
        otherwise=section.name("otherwise"),
    )
    if not step.options and isinstance(section.section("choose"), Section):
        section.say(f"{section.what} offers nothing to choose from.", line=section.line_of("choose"))
    _time_and_way(section, timeout_ms=step.timeout_ms, otherwise=step.otherwise)
    return step


def _ask(section: Section, name: str) -> Ask:
    section.allow("say", "ask", "as", "length", "min", "max", "secret", "wrong", "tries", "timeout", "go", "otherwise")
    if not section.texts("say"):
        section.say(f"{section.what} needs 'say': the question.")
    kind: Any = section.text("as") or "text"
    if kind not in ANSWER_TYPES:
        section.say(f"An answer cannot be '{kind}'.{suggestion(kind, ANSWER_TYPES)}", line=section.line_of("as"))
        kind = "text"
    least, most = _range(section, kind)
    return Ask(
        name=name,
        line=section.line,
        say=section.texts("say"),
        ask=section.name("ask", required=True),
        type=kind,
        min=least,
        max=most,
        secret=section.yes("secret"),
        wrong=section.name("wrong"),
        tries=max(1, section.whole_number("tries", default=TRIES)),
        timeout_ms=section.duration_ms("timeout"),
        go=section.name("go", required=True),
        otherwise=_required_otherwise(section, "Nobody may give a right answer"),
    )


def _range(section: Section, kind: str) -> tuple[str, str]:
    """Return the least and the most that an answer may be, as the type counts it."""
    if "length" in section.keys:
        if kind != "digits":
            section.say("'length' goes with 'as: digits'; texts have 'max'.", line=section.line_of("length"))
        length = str(section.whole_number("length", default=1))
        return length, length
    least, most = section.text("min"), section.text("max")
    for key, bound in (("min", least), ("max", most)):
        if bound and not _is_bound(kind, bound):
            wanted = "a date such as 2026-12-31, or today" if kind == "date" else "a whole number"
            section.say(f"'{key}' needs {wanted}, not '{bound}'.", line=section.line_of(key))
            return "", ""
    if kind in ("text", "digits"):
        return least or "1", most or str(TEXT_MAX if kind == "text" else DIGITS_MAX)
    return least, most


def _is_bound(kind: str, bound: str) -> bool:
    if kind != "date":
        return re.fullmatch(r"\d{1,9}", bound, re.ASCII) is not None
    try:
        return bound == "today" or bool(date.fromisoformat(bound))
    except ValueError:
        return False


def _decide(section: Section, name: str) -> Decide:
    section.allow("say", "decide", "when", "otherwise")
    return Decide(
        name=name,
        line=section.line,
        say=section.texts("say"),
        decide=section.text("decide", required=True),
        when=_when(section),
        otherwise=_required_otherwise(section, "It may be something else"),
    )


def _count(section: Section, name: str) -> Count:
    section.allow("say", "count", "from", "go")
    return Count(
        name=name,
        line=section.line,
        say=section.texts("say"),
        count=section.name("count", required=True),
        start=section.whole_number("from", default=0) if "from" in section.keys else None,
        go=section.name("go", required=True),
    )


def _effect(section: Section, name: str, *, kind: EffectKind, connectors: dict[str, Connector]) -> Effect:
    section.allow("say", kind, "with", "when", "timeout", "otherwise")
    step = Effect(
        name=name,
        line=section.line,
        say=section.texts("say"),
        kind=kind,
        target=section.name(kind, required=True),
        arguments=section.texts("with"),
        when=_when(section),
        otherwise=_required_otherwise(section, "The other side may not answer"),
        timeout_ms=section.duration_ms("timeout") or EFFECT_TIMEOUT_MS,
    )
    if when := section.section("when"):
        for outcome in step.when.keys() - set(OUTCOMES[kind]):
            known = suggestion(outcome, OUTCOMES[kind])
            when.say(f"'{outcome}' never comes of '{kind}'.{known}", line=when.line_of(outcome))
    if kind == "call":
        _check_call(section, step, connectors)
    return step


def _check_call(section: Section, step: Effect, connectors: dict[str, Connector]) -> None:
    connector = connectors.get(step.target)
    if connector is None:
        section.say(
            f"There is no connector '{step.target}'.{suggestion(step.target, connectors)}",
            line=section.line_of("call"),
        )
    elif set(connector.needs) != set(step.arguments):
        section.say(
            f"The connector '{step.target}' needs {', '.join(connector.needs) or 'nothing'}: "
            f"write 'with: [{', '.join(connector.needs)}]'.",
            line=section.line_of("with"),
        )


def _hand_over(section: Section, name: str) -> HandOver:
    section.allow("say", "hand_over", "with", "go", "timeout", "otherwise")
    step = HandOver(
        name=name,
        line=section.line,
        say=section.texts("say"),
        desk=section.name("hand_over", required=True),
        go=section.name("go", required=True),
        arguments=section.texts("with"),
        timeout_ms=section.duration_ms("timeout"),
        otherwise=section.name("otherwise"),
    )
    _time_and_way(section, timeout_ms=step.timeout_ms, otherwise=step.otherwise)
    return step


def _end(section: Section, name: str) -> End:
    section.allow("say", "end")
    if not section.yes("end"):
        section.say(f"{section.what} has 'end: no', which means nothing: leave it out.", line=section.line_of("end"))
    return End(name=name, line=section.line, say=section.texts("say"))


def _when(section: Section) -> dict[str, str]:
    when = section.pairs("when")
    if not when:
        section.say(f"{section.what} needs 'when', with a line for each case: 'case: step'.")
    return when


def _required_otherwise(section: Section, why: str) -> str:
    if "otherwise" not in section.keys:
        section.say(f"{why}: {section.what} needs 'otherwise', the step to go to then.")
    return section.name("otherwise")


def _time_and_way(section: Section, *, timeout_ms: int | None, otherwise: str) -> None:
    """Refuse a timeout that leads nowhere, and a way that nothing leads to."""
    if timeout_ms and not otherwise:
        section.say(f"{section.what} has a 'timeout' and needs 'otherwise', the step to go to then.")
    if otherwise and not timeout_ms:
        section.say(
            f"{section.what} goes 'otherwise' only after a 'timeout': add one.", line=section.line_of("otherwise")
        )


_READERS: Final[dict[str, Callable[[Section, str], Step]]] = {
    "say": _say,
    "choose": _choose,
    "ask": _ask,
    "decide": _decide,
    "count": _count,
    "hand_over": _hand_over,
    "end": _end,
}
