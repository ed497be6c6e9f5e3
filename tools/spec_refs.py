"""Every `spec: page#anchor` in a comment or docstring leads somewhere: to a place of the pinned Matrix specification.

What may be cited is listed in `tools/spec_anchors.txt`; a page alone may be cited too, as a room version is. Several
places are separated by commas; a sentence may follow.
"""

import ast
import difflib
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tools.spec_anchors import ANCHORS, ROOT

MARK = re.compile(r"\b[Ss]pec:(?P<cited>.*)")
PLACE = re.compile(r"[a-z0-9/-]+(?:#[\w-]+)?")
SQL_COMMENT = re.compile(r"--.*")


def problems_of(prose: str, known: set[str]) -> Iterator[str]:
    """What is wrong with the references in a comment or a docstring."""
    for mark in MARK.finditer(prose):
        places = list(_places(mark["cited"], known))
        if not places:
            yield f"not of the form `spec: page#anchor`: {mark[0].strip()}"
        for place in places:
            if place not in known:
                near = difflib.get_close_matches(place, known, n=1)
                yield f"{place} is not in the specification" + (f"; did you mean {near[0]}?" if near else "")


def check(root: Path, known: set[str]) -> list[str]:
    """Every reference under src/ that is malformed or leads nowhere, as `file:line: problem`."""
    files = sorted(file for kind in ("*.py", "*.sql") for file in (root / "src").rglob(kind))
    return [
        f"{file.relative_to(root)}:{line}: {problem}"
        for file in files
        for line, prose in _prose(file)
        for problem in problems_of(prose, known)
    ]


def read_anchors(path: Path) -> set[str]:
    """The places that may be cited, and the pages they are on."""
    places = {line for line in path.read_text().splitlines() if not line.startswith("#")}
    return places | {place.partition("#")[0] for place in places}


def _places(cited: str, known: set[str]) -> Iterator[str]:
    """The references at the start of the text after `spec:`, up to the first word that is none."""
    for word in cited.split():
        place = PLACE.match(word)
        if place is None or ("#" not in place[0] and place[0] not in known):
            return
        yield place[0]


def _prose(file: Path) -> Iterator[tuple[int, str]]:
    """Comments and docstrings with their lines: code may well have a field called `spec`."""
    source = file.read_text()
    if file.suffix == ".sql":
        for number, line in enumerate(source.splitlines(), start=1):
            yield number, "".join(SQL_COMMENT.findall(line))
        return
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(docstring := first.value, ast.Constant):
                for offset, line in enumerate(str(docstring.value).splitlines()):
                    yield first.lineno + offset, line


def main() -> int:
    """Print the references that lead nowhere; 1 when there is any."""
    problems = check(ROOT, read_anchors(ROOT / ANCHORS))
    print("\n".join(problems) or "spec references: each leads somewhere")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
