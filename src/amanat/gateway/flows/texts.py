"""The texts of one language: a Markdown file with a heading for each text, which is all that a clerk has to edit.

The text of a menu ends with a list, a line for each option: `- status: Application status - what it is about`.
"""

import re
from collections.abc import Collection
from typing import Final

from amanat.gateway.flows.model import Option, Text
from amanat.gateway.office_files.headings import blocks
from amanat.gateway.office_files.problems import Findings
from amanat.gateway.office_files.sections import NAME

_OPTION: Final = re.compile(r"[-*]\s+([a-z][a-z0-9_]*):\s*(.*?)(?:\s+[-\u2013\u2014]\s+(.*))?\s*")


def read_texts(file: str, content: str, *, menus: Collection[str], findings: Findings) -> dict[str, Text]:
    """Read every text of a file; the texts named in `menus` end with the lines of their menu."""
    texts: dict[str, Text] = {}
    for name, line, lines in blocks(file, content, findings=findings):
        if not NAME.fullmatch(name):
            findings.add(file, line, sentence=f"'{name}' cannot be a text's name: use small letters, digits and '_'.")
        elif name in texts:
            findings.add(
                file, line, sentence=f"There is a text '{name}' above already, in line {texts[name].line}: drop one."
            )
        else:
            lines_of_options = _take_options(lines) if name in menus else []
            texts[name] = _text(lines, taken=lines_of_options, file=file, line=line)
            _check(name, texts[name], taken=lines_of_options, findings=findings)
    return texts


def _take_options(lines: list[str]) -> list[re.Match[str]]:
    """Take the lines of the menu off the end of a text."""
    while lines and not lines[-1]:
        lines.pop()
    taken: list[re.Match[str]] = []
    while lines and (match := _OPTION.fullmatch(lines[-1])):
        lines.pop()
        taken.insert(0, match)
    return taken


def _text(lines: list[str], *, taken: list[re.Match[str]], file: str, line: int) -> Text:
    blank = next((place for place, text in enumerate(lines) if text), 0)
    first_option = line + len(lines) + 1
    return Text(
        body="\n".join(lines).strip(),
        options={match[1]: Option(match[1], match[2], match[3] or "") for match in taken},
        file=file,
        line=line,
        body_line=line + 1 + blank,
        option_lines={match[1]: first_option + place for place, match in enumerate(taken)},
    )


def _check(name: str, text: Text, *, taken: list[re.Match[str]], findings: Findings) -> None:
    if not text.body and not text.options:
        findings.add(text.file, text.line, sentence=f"The text '{name}' is empty.")
    if len(taken) > len(text.options):
        seen = [match[1] for match in taken]
        twice = next(option for option in seen if seen.count(option) > 1)
        findings.add(
            text.file, text.option_lines[twice], sentence=f"The option '{twice}' stands in this menu a second time."
        )
