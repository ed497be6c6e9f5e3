"""`amanat gateway`: run services, each with its device and its flow."""

import argparse
from pathlib import Path

from amanat.cli.failure import Exit

HELP = "run the services of a folder: what holds their keys and reads their chats"
DESCRIPTION = """\
Run every service in a gateway's folder, as `amanat service create` made them. A gateway is a client of the server, over
HTTP alone: it runs beside it, or on the machine of whoever the service belongs to, with the same command. Whoever can
read its folder can read its services' chats. A flow that is published meanwhile is spoken within a second.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("--data", metavar="DIR", type=Path, default=Path("gateway"), help="folder (default: ./gateway)")
    parser.add_argument("--verbose", action="store_true", help="tell more than what goes wrong")


def main(arguments: argparse.Namespace) -> Exit:
    """Run until SIGTERM or SIGINT."""
    from amanat.cli.service_actions import serve

    return serve(arguments)
