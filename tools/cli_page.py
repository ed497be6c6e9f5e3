"""Write `docs/cli.md` from the parser of the command line, and from the exit codes."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from amanat.cli.failure import MEANINGS
from amanat.cli.main import parser
from tools.page import write_or_check

ROOT = Path(__file__).resolve().parent.parent
PAGE = Path("docs/cli.md")

HEAD = """\
# Commands

Written by `make docs` from `src/amanat/cli`; do not edit. `amanat COMMAND --help` says the same.

Commands about a server's data ask the server that runs, through the socket `admin.sock` in its data folder, which only
the user that runs it may open. Where none runs, they take the data for the moment. Two processes never have it at once.
"""
EXIT_HEAD = """\
## Exit codes

| code | meaning |
|---|---|
"""


def render() -> str:
    """The whole page."""
    sections = [_section(f"amanat {name}", command) for name, command in _commands(parser()).items()]
    codes = "".join(f"| {code.value} | {meaning} |\n" for code, meaning in MEANINGS.items())
    return "\n".join([HEAD, *sections, EXIT_HEAD + codes])


def _section(title: str, command: argparse.ArgumentParser, level: str = "##") -> str:
    described = (command.description or "").strip()
    lines = [f"{level} `{title}`", "", described, ""]
    rows = list(_rows(command))
    if rows:
        lines += ["| argument | meaning |", "|---|---|", *rows, ""]
    lines += [_section(f"{title} {name}", below, level + "#") for name, below in _commands(command).items()]
    return "\n".join(lines)


def _commands(command: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the subcommands of a parser, by name."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _rows(command: argparse.ArgumentParser) -> Iterator[str]:
    for action in command._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        value = "" if action.nargs == 0 else str(action.metavar or action.dest)
        name = " ".join([", ".join(action.option_strings), value]).strip()
        yield f"| `{name}` | {action.help} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the page; with --check, say whether the one on disk is what would be written."""
    return write_or_check(PAGE, render(), root=ROOT, about=__doc__, arguments=arguments)


if __name__ == "__main__":
    sys.exit(main())
