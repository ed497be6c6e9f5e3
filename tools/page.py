"""A page that is written from the code: what every generator does with it."""

import argparse
from collections.abc import Sequence
from pathlib import Path


def write_or_check(page: Path, text: str, *, root: Path, about: str | None, arguments: Sequence[str] | None) -> int:
    """Write the page; with --check, say whether the one on disk is what would be written."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is out of date")
    check, target = parser.parse_args(arguments).check, root / page
    if not check:
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    elif not target.exists() or target.read_text() != text:
        print(f"{page} is out of date: run `make docs`")
        return 1
    return 0
