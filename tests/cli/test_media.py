"""Media are freed by the operator, whether or not the server runs."""

import subprocess
import sys
from pathlib import Path

FREED = "0 files of 0 bytes, 0 unused upload addresses, 1 files without a row.\n"


def amanat(*arguments: str | Path) -> str:
    """Run a command in a process of its own, since it sets up logs, and return what it printed."""
    command = [sys.executable, "-m", "amanat", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout


def test_a_dry_run_frees_nothing_and_a_sweep_what_it_told(data: Path) -> None:
    folder = data / "media" / "kept" / "or"
    folder.mkdir(parents=True)
    orphan = folder / "orphan"
    orphan.write_bytes(b"without a row")

    assert amanat("media", "sweep", "--dry-run", "--data", data) == f"Would free {FREED}"
    assert orphan.exists()
    assert amanat("media", "sweep", "--data", data) == f"Freed {FREED}"
    assert not orphan.exists()
