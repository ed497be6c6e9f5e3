"""The development server starts again when the code changes, and leaves nothing behind."""

import sys
from collections.abc import Iterator
from pathlib import Path
from time import sleep

from tools.dev import keep_running, look

SERVER = "import pathlib, sys, time; open(sys.argv[1], 'a').write('started\\n'); time.sleep(60)"


def wait_for_starts(log: Path, count: int) -> None:
    while not log.exists() or len(log.read_text().splitlines()) < count:
        sleep(0.01)


def test_each_change_starts_the_server_again(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def changes() -> Iterator[bool]:
        for starts, changed in enumerate([True, True], start=1):
            wait_for_starts(log, starts)
            yield changed
        wait_for_starts(log, 3)
        yield False

    keep_running([sys.executable, "-c", SERVER, str(log)], changes=changes())
    assert log.read_text() == "started\n" * 3


def test_a_new_an_edited_and_a_removed_file_are_changes(tmp_path: Path) -> None:
    module = tmp_path / "a.py"
    looks = look(tmp_path)
    assert not next(looks)
    module.write_text("x = 1\n")
    assert next(looks)
    assert not next(looks)
    module.unlink()
    assert next(looks)
