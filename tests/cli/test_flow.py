"""`amanat flow`: its arguments, and that the other commands do not pay for it."""

import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Call

PAYS = "import sys, amanat.cli.main; print([m for m in ('icalendar', 'yaml', 'amanat.gateway') if m in sys.modules])"


def test_a_server_does_not_load_what_reads_flows() -> None:
    assert subprocess.check_output([sys.executable, "-c", PAYS], text=True) == "[]\n"


def test_a_folder_that_is_not_there_is_told(call: Call, tmp_path: Path) -> None:
    ended = call("flow", "lint", tmp_path / "none")
    assert ended.code == 1
    assert "There is no such folder." in ended.err


def test_an_action_has_to_be_one_of_them(call: Call) -> None:
    assert call("flow", "publish", "x").code == 2
