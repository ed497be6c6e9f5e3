"""Run a lab server, and start it again when a file under src/ changes: what `make dev` does."""

import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = (str(Path(sys.executable).with_name("amanat")), "lab", "--listen", "127.0.0.1:8008", "--data", "data-dev")
LOOK_EVERY_S = 0.5
# The server answers what is under way before it leaves; one that takes longer than this hangs.
LEAVE_WITHIN_S = 10


def keep_running(command: Sequence[str], *, changes: Iterable[bool]) -> None:
    """Run the command, anew after each change, until there is nothing more to look at."""
    child = subprocess.Popen(command)
    try:
        for changed in changes:
            if changed:
                _stop(child)
                child = subprocess.Popen(command)
    finally:
        _stop(child)


def look(folder: Path) -> Iterator[bool]:
    """Say, each time it is asked, whether a file of the folder has changed since the last time."""
    seen = _times(folder)
    while True:
        now = _times(folder)
        yield now != seen
        seen = now


def _every(seconds: float, changes: Iterator[bool]) -> Iterator[bool]:
    for changed in changes:
        yield changed
        time.sleep(seconds)


def _times(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for kind in ("*.py", "*.sql") for path in folder.rglob(kind)}


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(LEAVE_WITHIN_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


if __name__ == "__main__":
    try:
        keep_running(COMMAND, changes=_every(LOOK_EVERY_S, look(ROOT / "src")))
    except KeyboardInterrupt:
        sys.exit(130)
