"""Menus: the options of flow.yaml and those of each language are the same, and fit on a phone."""

from typing import Final

from amanat.gateway.flows.matching import folded
from amanat.gateway.flows.model import Choose, Text
from amanat.gateway.flows.session import MAX_BUTTONS
from amanat.gateway.flows.structure import FILE
from amanat.gateway.office_files.problems import Findings, suggestion

# The limits of the bot APIs that existing apps and habits come from.
MAX_OPTIONS: Final = 10
BUTTON_TITLE: Final = 20
ROW_TITLE: Final = 24
ROW_DESCRIPTION: Final = 72
BUTTONS_BODY: Final = 1024


def check_menu(step: Choose, text: Text, *, findings: Findings) -> None:
    """Note what is wrong with a menu in one language."""
    if len(step.options) > MAX_OPTIONS:
        sentence = f"The menu of '{step.name}' has {len(step.options)} options, {MAX_OPTIONS} at most: make two menus."
        findings.add(FILE, step.line, sentence=sentence)
    for option in step.options.keys() - text.options.keys():
        sentence = f"The menu '{step.say[-1]}' has no line for '{option}': add '- {option}: ...' at its end."
        findings.add(text.file, text.line, sentence=sentence)
    for option in text.options.keys() - step.options.keys():
        sentence = f"'{option}' is no option of this menu in flow.yaml.{suggestion(option, step.options)}"
        findings.add(text.file, text.option_lines[option], sentence=sentence)
    _check_titles(text, findings)
    buttons = len(step.options) <= MAX_BUTTONS and not any(o.description for o in text.options.values())
    if buttons and len(text.body) > BUTTONS_BODY:
        sentence = f"A text above buttons has {BUTTONS_BODY} characters at most, and this has {len(text.body)}."
        findings.add(text.file, text.line, sentence=sentence)
    if not text.body:
        findings.add(text.file, text.line, sentence=f"'{step.say[-1]}' has options and no text above them.")
    longest = BUTTON_TITLE if buttons else ROW_TITLE
    for shown in text.options.values():
        for part, limit in ((shown.title, longest), (shown.description, ROW_DESCRIPTION)):
            if len(part) > limit:
                sentence = f"'{part}' has {len(part)} characters; there is room for {limit} here."
                findings.add(text.file, text.option_lines[shown.id], sentence=sentence)


def _check_titles(text: Text, findings: Findings) -> None:
    seen: dict[str, str] = {}
    for option in text.options.values():
        title, line = folded(option.title), text.option_lines[option.id]
        if not title or title.isdigit():
            sentence = f"The option '{option.id}' needs words, since numbers stand for places in the menu."
            findings.add(text.file, line, sentence=sentence)
        elif title in seen:
            sentence = f"'{option.id}' and '{seen[title]}' read the same: nobody could choose between them by words."
            findings.add(text.file, line, sentence=sentence)
        if "{" in option.title + option.description:
            findings.add(text.file, line, sentence=f"The option '{option.id}' cannot hold a variable.")
        seen[title] = option.id
