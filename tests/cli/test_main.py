"""The command line: every command explains itself on a screen, and ends with a sentence and a code."""

import subprocess
import sys

import pytest

from amanat.cli.main import COMMANDS
from tests.cli.conftest import Call

SCREEN = 40


@pytest.mark.parametrize("command", COMMANDS)
def test_help_fits_a_screen(call: Call, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    ended = call(command, "--help")
    assert ended.code == 0
    assert len(ended.out.splitlines()) <= SCREEN


def test_an_unknown_command_is_a_mistake_of_usage(call: Call) -> None:
    assert call("sing").code == 2


def test_a_failure_is_a_sentence_and_not_a_traceback(call: Call) -> None:
    ended = call("backup", "to.tar", "--data", "nowhere")
    assert (ended.code, ended.err) == (1, "amanat backup: There is no data in nowhere.\n")


def test_a_wrong_setting_is_found_before_anything_is_touched(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMANAT_SERVER_NAM", "chat.example.org")
    ended = call("serve")
    assert ended.code == 2
    assert "Did you mean AMANAT_SERVER_NAME?" in ended.err


def test_the_package_is_the_command() -> None:
    told = subprocess.run([sys.executable, "-m", "amanat", "--help"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("usage: amanat")
