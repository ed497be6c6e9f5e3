"""The house is easy to find one's way in: its commands, its names, and what its pages say of it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "amanat"
MAKEFILE = (ROOT / "Makefile").read_text()

# Pages that tell what is. A decision record tells what was, and a changelog too.
PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if page.parent.name != "adr" and page.name != "CHANGELOG.md"
)
FILE_IN_A_PAGE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|sql|md|toml|txt|tsv))`")
SAMPLE_DATA = "gateway/paspor/"
"""The data of the service that the pages make, which is nobody's source."""
JUNK_DRAWERS = {"utils.py", "helpers.py", "common.py", "manager.py", "base.py", "misc.py"}
SOURCES = sorted(
    file for top in ("src", "tests", "tools") for file in (ROOT / top).rglob("*.py") if file != Path(__file__)
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_help_lists_every_command() -> None:
    (phony,) = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, re.M)
    told = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {line.split()[1] for line in told.stdout.splitlines()} == set(phony.split())


@pytest.mark.parametrize("command", ["make check", "make test", "make conformance"])
def test_continuous_integration_runs_what_people_run(command: str) -> None:
    assert command in (ROOT / ".ci" / "run").read_text()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_page_names_only_files_that_exist(page: Path) -> None:
    named = {file for file in FILE_IN_A_PAGE.findall(page.read_text()) if not file.startswith(SAMPLE_DATA)}
    assert {file for file in named if not (ROOT / file).exists() and not (PACKAGE / file).exists()} == set()


def test_every_room_says_what_it_is() -> None:
    rooms = sorted(PACKAGE.rglob("__init__.py"))
    assert [
        name(room) for room in rooms if not (ast.get_docstring(ast.parse(room.read_text())) or "").endswith(".")
    ] == []


def test_there_is_no_junk_drawer() -> None:
    assert [name(file) for file in SOURCES if file.name in JUNK_DRAWERS] == []


def test_nothing_is_left_unfinished_or_skipped() -> None:
    unfinished = re.compile(
        r"\b(?:TODO|FIXME|XXX)\b|raise NotImplementedError|pytest\.mark\.(?:skip|xfail)|pytest\.skip\("
    )
    assert [name(file) for file in SOURCES if unfinished.search(file.read_text())] == []


def test_no_file_knows_somebody_s_machine() -> None:
    home = re.compile(r"[\"'`= ]/(?:home|root|Users)/\w")
    files = [*SOURCES, *PAGES, ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / ".ci" / "run"]
    assert [name(file) for file in files if home.search(file.read_text())] == []
