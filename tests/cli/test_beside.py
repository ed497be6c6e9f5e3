"""A process beside another is heard line by line, says how it ended, and leaves when it is let go."""

import asyncio
import sys
from pathlib import Path

import pytest

from amanat.cli.beside import run_beside

LIVES = """\
import asyncio, sys
from pathlib import Path
from amanat.cli.beside import until_stdin_ends

async def live():
    print("here", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        Path(sys.argv[1]).write_text("left")

asyncio.run(until_stdin_ends(live()))
"""


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module that lives until it is told to leave."""
    (tmp_path / "lives_beside.py").write_text(LIVES)
    monkeypatch.setenv("PYTHONPATH", ":".join([str(tmp_path), *sys.path]))
    return "lives_beside"


async def test_it_is_heard_and_leaves_when_it_is_let_go(module: str, tmp_path: Path) -> None:
    here = asyncio.Event()
    heard: list[bytes] = []

    def hear(line: bytes) -> None:
        heard.append(line)
        here.set()

    living = asyncio.create_task(run_beside(module, str(tmp_path / "left"), heard=hear))
    await asyncio.wait_for(here.wait(), 60)
    living.cancel()
    with pytest.raises(asyncio.CancelledError):
        await living
    assert (heard, (tmp_path / "left").read_text()) == ([b"here\n"], "left")


async def test_one_that_leaves_by_itself_says_how() -> None:
    assert await run_beside("no_such_module", heard=lambda _line: None) == 1
