"""Commands run in the test's own process, and data that `amanat serve` would have made."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from amanat.cli.main import main


class Ended(Struct, frozen=True):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Call = Callable[..., Ended]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Call:
    """Run a command; what it is not told, it finds neither in the environment nor in the folder."""
    for variable in [name for name in os.environ if name.startswith("AMANAT_")]:
        monkeypatch.delenv(variable)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Ended:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run


@pytest.fixture
def data(call: Call, tmp_path: Path) -> Path:
    """The data of a server with one person, Ani, which does not run."""
    folder = tmp_path / "served"
    assert call("user", "create", "ani", "--data", folder).code == 0
    return folder
