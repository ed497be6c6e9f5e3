"""Every setting, command, endpoint and error code of ours is documented, and the first screen says how to begin."""

import inspect
import re
from pathlib import Path

import pytest

from amanat.app import Amanat, Mode
from amanat.cli.main import COMMANDS
from amanat.config import Config
from amanat.core import errors
from amanat.core.identifiers import ERROR_NAMESPACE
from tools import cli_page, config_page

ROOT = Path(__file__).resolve().parent.parent
PAGES = {page: page.read_text() for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]}
FIRST_SCREEN = 40


def test_every_setting_is_documented() -> None:
    assert (ROOT / config_page.PAGE).read_text() == config_page.render(), "run `make docs`"


def test_every_setting_has_a_meaning_of_its_own() -> None:
    meanings = config_page.docstrings(config_page.SOURCE.read_text())
    assert set(meanings) == set(Config.__struct_fields__)
    assert len(set(meanings.values())) == len(meanings)


def test_every_command_is_documented() -> None:
    page = (ROOT / cli_page.PAGE).read_text()
    assert page == cli_page.render(), "run `make docs`"
    assert all(f"## `amanat {command}`" in page for command in COMMANDS)


@pytest.mark.parametrize("surface", ["client_app", "admin_app"])
def test_every_endpoint_is_documented(surface: str, tmp_path: Path) -> None:
    """By its operation in the specification, or else by its path."""
    amanat = Amanat(Config(data=str(tmp_path)), mode=Mode.SERVE)
    text = "".join(PAGES.values())
    routes = [bound.route for bound in getattr(amanat, surface).routes]
    assert [
        route.paths
        for route in routes
        if f"| {route.spec}" not in text and not any(_names(text, route.method, path) for path in route.paths)
    ] == []


def _names(text: str, method: str, path: str) -> bool:
    return re.search(rf"`{method} {re.escape(path)}[`?]", text) is not None


def test_every_error_code_of_ours_is_documented() -> None:
    codes = {cls.errcode for _, cls in inspect.getmembers(errors, inspect.isclass) if hasattr(cls, "errcode")}
    ours = {code for code in codes if code.startswith(ERROR_NAMESPACE)}
    assert {code for code in ours if not any(f"`{code}`" in page for page in PAGES.values())} == set()
    assert {code for code in codes - ours if not code.startswith("M_")} == set()


@pytest.mark.parametrize("command", ["make run", "make test"])
def test_the_first_screen_says_how_to_begin(command: str) -> None:
    first_screen = PAGES[ROOT / "README.md"].splitlines()[:FIRST_SCREEN]
    assert any(line.startswith(command) for line in first_screen)


LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)")


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    assert [target for target in LINK.findall(PAGES[page]) if not (page.parent / target).exists()] == []
