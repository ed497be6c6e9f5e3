"""Where a passphrase comes from: a file, or the keyboard; never the command line, which others can see."""

import argparse
from getpass import getpass
from pathlib import Path

from amanat.cli.failure import Exit, Failure


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Declare the flag."""
    parser.add_argument(
        "--passphrase-file", metavar="FILE", type=Path, help="file whose first line is the passphrase of --keys"
    )


def passphrase(file: Path | None) -> str:
    """Read the passphrase of a file of keys."""
    return getpass("Passphrase of the keys: ") if file is None else _first_line(file)


def new_passphrase(file: Path | None) -> str:
    """Read a passphrase that is to be used from now on; twice, where it is typed."""
    given = passphrase(file)
    if file is None and getpass("Once more: ") != given:
        raise Failure("The two are not the same.")
    return given


def _first_line(file: Path) -> str:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Failure(f"The passphrase cannot be read from {file}: {error}.", code=Exit.USAGE) from None
    if not lines or not lines[0]:
        raise Failure(f"The first line of {file} is empty; it must be the passphrase.", code=Exit.USAGE)
    return lines[0]
