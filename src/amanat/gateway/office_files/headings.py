"""Markdown that is cut at its headings: `## name`, and below it what belongs to the name."""

import re
from typing import Final

from amanat.gateway.office_files.problems import Findings

_HEADING: Final = re.compile(r"##\s+(.*?)\s*#*\s*")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.S)


def blocks(file: str, content: str, *, findings: Findings) -> list[tuple[str, int, list[str]]]:
    """Split a file at its headings, each with its line; what a `<!-- comment -->` holds is left out."""
    without_comments = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), content)
    found: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(without_comments.splitlines(), 1):
        if heading := _HEADING.fullmatch(line):
            found.append((heading[1], number, []))
        elif found:
            found[-1][2].append(line.rstrip())
        elif line.strip() and not line.startswith("# "):
            findings.add(file, number, sentence="This line stands above the first '## name' and is never said.")
    return found
