"""`amanat media`: free the media that are due, or see what would be freed."""

import argparse
import logging

from amanat import logs
from amanat.cli.admin_socket import ask
from amanat.cli.failure import Exit
from amanat.cli.settings import add_settings, settings

HELP = "free media that are due"
DESCRIPTION = """\
Free media that are due. A server that runs does it by itself, every hour; this is for those who want to see what goes,
or to have it gone now. The running server is asked, as `amanat user` does; where none runs, the data is opened for the
moment.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    sweep = actions.add_parser(
        "sweep",
        help="free what is due",
        description="Free what its owners stopped showing a week ago, upload addresses that were never used, and bytes "
        "that no row stands for.",
    )
    sweep.add_argument("--dry-run", action="store_true", help="free nothing, only tell what would be freed")
    add_settings(sweep)


def main(arguments: argparse.Namespace) -> Exit:
    """Sweep, and tell what came of it."""
    logs.configure("console", level=logging.WARNING)
    freed = ask(settings(arguments), lambda client: client.post("/media/sweep", {"dry_run": arguments.dry_run}))
    print(
        f"{'Would free' if arguments.dry_run else 'Freed'} {freed['files']:,} files of {freed['bytes']:,} bytes, "
        f"{freed['expired']:,} unused upload addresses, {freed['orphans']:,} files without a row."
    )
    return Exit.OK
