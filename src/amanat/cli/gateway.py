"""`amanat gateway`: run services, each with its device and its flow."""

import argparse
from pathlib import Path

from amanat.cli.failure import Exit

HELP = "run the services of a folder: what holds their keys and reads their chats"
DESCRIPTION = """\
Run every service in a gateway's folder, as `amanat service create` made them. A gateway is a client of the server, over
HTTP alone: it runs beside it, or on the machine of whoever the service belongs to, with the same command. Whoever can
read its folder can read its services' chats. A flow that is published meanwhile is spoken within a second.

With --bots, programs reach the bots that `amanat bot create` made: see docs/bots.md.

With --desk, the staff answer chats in a browser: see docs/desk.md. Who is of the staff, `amanat service staff` says.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument("--data", metavar="DIR", type=Path, default=Path("gateway"), help="folder (default: ./gateway)")
    parser.add_argument("--desk", metavar="HOST:PORT", help="serve the staff's desk there, such as 127.0.0.1:8010")
    parser.add_argument(
        "--desk-url", metavar="URL", help="where browsers reach the desk, if a proxy brings it there: https://..."
    )
    parser.add_argument("--bots", metavar="HOST:PORT", help="serve the bot APIs there, such as 127.0.0.1:8020")
    parser.add_argument(
        "--bots-url", metavar="URL", help="where programs reach the bot APIs, if a proxy brings them there: https://..."
    )
    parser.add_argument(
        "--allow-private",
        metavar="NETWORK",
        action="append",
        help="a network of one's own, such as 10.0.0.0/8, that webhooks and links to files may lead to (repeatable)",
    )
    parser.add_argument("--verbose", action="store_true", help="tell more than what goes wrong")


def main(arguments: argparse.Namespace) -> Exit:
    """Run until SIGTERM or SIGINT."""
    from amanat.cli.service_actions import serve

    return serve(arguments)
