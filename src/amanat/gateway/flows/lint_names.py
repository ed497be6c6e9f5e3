"""Names in a flow: none means two things."""

from typing import Final

from amanat.gateway.flows.model import Ask, Choose, Count, Step
from amanat.gateway.flows.session import LANGUAGE_MENU
from amanat.gateway.flows.structure import FILE, Structure
from amanat.gateway.office_files.problems import Findings

LIMITS: Final = ("min", "max")
"""What the words about a wrong answer may name, of the question."""


def check_names(structure: Structure, findings: Findings) -> None:
    """Note every name that means two things."""
    if step := structure.steps.get(LANGUAGE_MENU):
        sentence = f"'{LANGUAGE_MENU}' is the name of the bot's own menu of languages: call this step otherwise."
        findings.add(FILE, step.line, sentence=sentence)
    taken = dict.fromkeys(structure.tables, "a table") | dict.fromkeys(structure.calendars, "a calendar")
    taken |= dict.fromkeys(LIMITS, "a limit of the question")
    for step in structure.steps.values():
        name = _name_set(step)
        if name in taken:
            findings.add(FILE, step.line, sentence=f"'{name}' is {taken[name]} already: call the answer otherwise.")
    counted = counters(structure)
    for step in structure.steps.values():
        if not isinstance(step, Count) and (name := _name_set(step)) in counted:
            sentence = f"'{name}' is counted in another step: call this answer otherwise."
            findings.add(FILE, step.line, sentence=sentence)


def _name_set(step: Step) -> str:
    """Return the variable that a step sets by itself; '' if none."""
    match step:
        case Ask():
            return step.ask
        case Choose():
            return step.save
        case Count():
            return step.count
    return ""


def counters(structure: Structure) -> set[str]:
    """Return the variables that hold a number which the flow counts itself."""
    return {step.count for step in structure.steps.values() if isinstance(step, Count)}
