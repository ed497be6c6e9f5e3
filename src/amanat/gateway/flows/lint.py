"""What can only be seen when the parts of a flow are held beside each other."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from msgspec import Struct

from amanat.gateway.flows import wording
from amanat.gateway.flows.analysis import Needed, desks_of, endless_loop, needed_variables, reachable, variables_of
from amanat.gateway.flows.labels import LABEL
from amanat.gateway.flows.lint_menus import check_menu
from amanat.gateway.flows.lint_names import LIMITS, check_names, counters
from amanat.gateway.flows.lint_tables import check_tables
from amanat.gateway.flows.model import Ask, Choose, Count, Decide, Effect, HandOver, Step, Table, Text
from amanat.gateway.flows.rendering import PLACE
from amanat.gateway.flows.structure import FILE, Structure
from amanat.gateway.office_files.problems import Findings, Problem, suggestion

TEXT_LIMIT: Final = 4096
"""What the bot APIs carry in one message."""

IDENTITY_NAMES: Final = re.compile(r"(?:^|_)(?:nik|ktp|kk|npwp|paspor|passport|identity|identitas)(?:_|$)")
IDENTITY_DIGITS: Final = "16"

_BRACE: Final = re.compile(r"\{[^{}\n]*\}?|\}")


class Parts(Struct, frozen=True, kw_only=True):
    """Everything that was read of a flow."""

    structure: Structure
    texts: dict[str, dict[str, Text]]
    tables: dict[str, Table]


def check(parts: Parts, findings: Findings) -> Needed:
    """Note everything that is wrong between the parts; return which variables each step needs."""
    steps = parts.structure.steps
    check_names(parts.structure, findings)
    _check_ways(parts.structure, findings)
    _check_texts(parts, findings)
    _check_places(parts, findings)
    check_tables(parts.structure, parts.tables, findings=findings)
    for step in steps.values():
        _check_step(parts, step, findings)
    connectors = parts.structure.connectors
    uses = {name: frozenset(_uses(parts, step)) for name, step in steps.items()}
    needed = needed_variables(steps, uses=uses, connectors=connectors)
    _check_order(parts.structure, uses=uses, needed=needed, findings=findings)
    kept = needed_variables(steps, uses=_shown(steps, uses), connectors=connectors)
    return _with_what_staff_see(parts.structure, kept)


def _shown(steps: Mapping[str, Step], uses: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Return the uses, and what hand-overs show: they show what is known, and no way has to set it."""
    return {
        name: uses[name] | frozenset(step.arguments) if isinstance(step, HandOver) else uses[name]
        for name, step in steps.items()
    }


def _with_what_staff_see(structure: Structure, needed: Needed) -> Needed:
    """Keep everywhere what the staff are shown: a person may ask for them at any step."""
    shown = needed.get(structure.human, frozenset())
    return {name: variables | shown for name, variables in needed.items()}


def _check_ways(structure: Structure, findings: Findings) -> None:
    steps = structure.steps
    found = reachable(steps, (structure.start, structure.human))
    for name in steps.keys() - found if structure.start in steps else ():
        findings.add(FILE, steps[name].line, sentence=f"No step leads to '{name}': nobody would ever see it.")
    if loop := endless_loop(steps):
        findings.add(
            FILE,
            steps[loop[0]].line,
            sentence=f"These steps go round without waiting for the person: {' -> '.join(loop)}.",
        )


def _check_texts(parts: Parts, findings: Findings) -> None:
    """Every text that is said stands in every language, and every text that stands there is said."""
    said = _said_texts(parts)
    steps = parts.structure.steps
    labels = {f"{LABEL}{name}" for name in variables_of(steps, parts.structure.connectors) | desks_of(steps)}
    for language, texts in parts.texts.items():
        file = f"texts/{language}.md"
        for name, line in said.items():
            if name not in texts and name not in wording.TEXTS.get(language, ()):
                unused = texts.keys() - said.keys()
                findings.note(_missing(parts, name, said_in=line, language=language, unused=unused))
        unsaid = (said.keys() | labels) - texts.keys()
        for name, text in texts.items():
            if name not in said and name not in labels and name not in wording.NAMES:
                findings.add(file, text.line, sentence=f"Nothing says the text '{name}'.{suggestion(name, unsaid)}")
            if len(text.body) > TEXT_LIMIT:
                sentence = f"'{name}' has {len(text.body)} characters, {TEXT_LIMIT} at most."
                findings.add(file, text.line, sentence=sentence)
        for name in () if language in wording.TEXTS else wording.NAMES:
            if name not in texts:
                findings.add(file, 1, sentence=f"The bot needs '## {name}' in this language, too.")


def _missing(parts: Parts, name: str, *, said_in: int, language: str, unused: Collection[str]) -> Problem:
    """Return the problem of a text that is not there: forgotten in one language, or misspelt in flow.yaml."""
    file = f"texts/{language}.md"
    if other := next((texts[name] for texts in parts.texts.values() if name in texts), None):
        return Problem(file, 1, f"'## {name}' is missing; {other.file} has it in line {other.line}.")
    return Problem(FILE, said_in, f"There is no text '{name}' in {file}.{suggestion(name, unused)}")


def _said_texts(parts: Parts) -> dict[str, int]:
    """Return the names of all texts that are said, with the line that says so."""
    said: dict[str, int] = {}
    for step in parts.structure.steps.values():
        for name in (*step.say, *((step.wrong,) if isinstance(step, Ask) and step.wrong else ())):
            said.setdefault(name, step.line)
    for table in parts.structure.tables.values():
        if table.row_text:
            said.setdefault(table.row_text, table.line)
    return said


def _check_places(parts: Parts, findings: Findings) -> None:
    """Every `{name}` in a text is known."""
    rows = {table.row_text: table for table in parts.tables.values() if table.row_text}
    shown = {name for name, table in parts.tables.items() if table.row_text}
    known = variables_of(parts.structure.steps, parts.structure.connectors) | shown
    for texts in parts.texts.values():
        for name, text in texts.items():
            allowed = set(rows[name].columns) if name in rows else known
            for line, place in _places(text):
                match = PLACE.fullmatch(place)
                own = LIMITS if name not in rows else ()
                if match is None:
                    sentence = f"'{place}' is not a variable: braces hold a name, such as {{name}}."
                elif match[1] not in allowed and match[1] not in own:
                    sentence = f"The variable '{place}' is not known.{suggestion(match[1], sorted(allowed))}"
                else:
                    continue
                findings.add(text.file, line, sentence=sentence)


def _places(text: Text) -> Iterator[tuple[int, str]]:
    for match in _BRACE.finditer(text.body):
        yield text.body_line + text.body[: match.start()].count("\n"), match[0]


def _check_step(parts: Parts, step: Step, findings: Findings) -> None:
    match step:
        case Choose():
            for texts in parts.texts.values():
                if step.say and (text := texts.get(step.say[-1])):
                    check_menu(step, text, findings=findings)
        case Ask():
            risky = IDENTITY_NAMES.search(step.ask) or (step.type == "digits" and step.max == IDENTITY_DIGITS)
            if risky and not step.secret:
                sentence = f"'{step.ask}' looks like an identity number: add 'secret: yes', so that it is not kept."
                findings.add(FILE, step.line, sentence=sentence)
        case Decide():
            _check_decide(parts.structure, step, findings)
        case Effect() | HandOver():
            _check_arguments(parts.structure, step, findings)


def _check_arguments(structure: Structure, step: Effect | HandOver, findings: Findings) -> None:
    known = variables_of(structure.steps, structure.connectors)
    hidden = _secrets(structure) if isinstance(step, HandOver) else ()
    for name in step.arguments:
        if name not in known:
            sentence = f"The variable '{name}' is not known.{suggestion(name, sorted(known))}"
            findings.add(FILE, step.line, sentence=sentence)
        elif name in hidden:
            sentence = f"'{name}' is secret, and the staff are not shown it: leave it out of 'with'."
            findings.add(FILE, step.line, sentence=sentence)


def _secrets(structure: Structure) -> set[str]:
    return {step.ask for step in structure.steps.values() if isinstance(step, Ask) and step.secret}


def _check_decide(structure: Structure, step: Decide, findings: Findings) -> None:
    known = variables_of(structure.steps, structure.connectors) | structure.calendars.keys()
    if step.decide not in known:
        sentence = f"There is no variable or calendar '{step.decide}'.{suggestion(step.decide, sorted(known))}"
        findings.add(FILE, step.line, sentence=sentence)
        return
    cases = _cases(structure, step.decide)
    for case in step.when if step.decide in counters(structure) else ():
        if not case.isdecimal():
            findings.add(FILE, step.line, sentence=f"'{step.decide}' is a number, and never '{case}'.")
    for case in step.when:
        if cases and case not in cases:
            sentence = f"'{step.decide}' is never '{case}'.{suggestion(case, cases)}"
            findings.add(FILE, step.line, sentence=sentence)


def _cases(structure: Structure, name: str) -> list[str]:
    """Return everything that a decision may meet, where that is known: of a calendar, and of a saved choice."""
    if name in structure.calendars:
        return ["open", "closed"]
    return [
        option
        for step in structure.steps.values()
        if isinstance(step, Choose) and step.save == name
        for option in step.options
    ]


def _uses(parts: Parts, step: Step) -> Iterator[str]:
    variables = variables_of(parts.structure.steps, parts.structure.connectors)
    names = (*step.say, step.wrong) if isinstance(step, Ask) else step.say
    # A counter is set before its step speaks.
    set_here = step.count if isinstance(step, Count) else ""
    if isinstance(step, Count) and step.start is None:
        yield step.count
    for texts in parts.texts.values():
        for name in names:
            if text := texts.get(name):
                yield from (found for found in PLACE.findall(text.body) if found in variables and found != set_here)
    if isinstance(step, Effect):
        yield from (name for name in step.arguments if name in variables)
    if isinstance(step, Decide) and step.decide in variables:
        yield step.decide


def _check_order(
    structure: Structure, *, uses: Mapping[str, frozenset[str]], needed: Needed, findings: Findings
) -> None:
    """No way leads to a use of a variable that nobody has been asked for."""
    for root in dict.fromkeys((structure.start, structure.human)):
        for variable in sorted(needed.get(root, ())):
            step = next(step for name, step in structure.steps.items() if variable in uses[name])
            sentence = (
                f"'{step.name}' uses {{{variable}}}, but there is a way to it from '{root}' that does not set it."
            )
            findings.add(FILE, step.line, sentence=sentence)
