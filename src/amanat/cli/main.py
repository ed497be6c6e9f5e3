"""The command `amanat`: finds the subcommand, and turns failures into a sentence and an exit code."""

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Final

from amanat.cli import (
    backup,
    bot,
    breach,
    demo,
    doctor,
    fake,
    flow,
    gateway,
    lab,
    media,
    migrate,
    partner,
    restore,
    serve,
    service,
    user,
)
from amanat.cli.failure import Exit, failure_of

COMMANDS: Final[dict[str, ModuleType]] = {
    "serve": serve,
    "user": user,
    "partner": partner,
    "breach": breach,
    "media": media,
    "flow": flow,
    "service": service,
    "bot": bot,
    "gateway": gateway,
    "fake": fake,
    "doctor": doctor,
    "backup": backup,
    "restore": restore,
    "migrate": migrate,
    "demo": demo,
    "lab": lab,
}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="amanat", description="A messaging service that an organisation runs for itself. `docs/cli.md` tells more."
    )
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.DESCRIPTION,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.add_arguments(command)
        command.set_defaults(main=module.main)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = parser().parse_args(argv)
    try:
        code: Exit = arguments.main(arguments)
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except Exception as error:
        failure = failure_of(error)
        if failure is None:
            raise
        print(f"amanat {arguments.command}: {failure}", file=sys.stderr)
        return failure.code
    return code
