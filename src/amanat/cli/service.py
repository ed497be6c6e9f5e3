"""`amanat service`: make a service, and say anew who runs it."""

import argparse
from pathlib import Path

from amanat.cli.failure import Exit

HELP = "make a service that answers in encrypted chats"
DESCRIPTION = """\
A service is an account whose device, and with it the plain text of its chats, lies in a gateway (`amanat gateway`). Who
runs that device is stated and signed with the owner's keys, which lie in a file of their own, best on another machine.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser(
        "create",
        help="make a service",
        description="Register a service's account, make its keys, publish its flow, and print one JSON object that "
        "says what there is and where its keys lie. One that was interrupted is gone on with.",
    )
    create.add_argument("name", help="its user name")
    create.add_argument("--homeserver", metavar="URL", required=True, help="the server's address")
    create.add_argument("--flow", metavar="FOLDER", type=Path, required=True, help="what it says: see docs/flows.md")
    create.add_argument("--registration-token", metavar="TOKEN", help="from `amanat user token`, where one is needed")
    renew = actions.add_parser(
        "renew",
        help="state anew who runs a service",
        description="Sign another statement of who runs a service: one is good for 30 days.",
    )
    renew.add_argument("name", help="its user name")
    for action in (create, renew):
        action.add_argument("--data", metavar="DIR", type=Path, default=Path("gateway"), help="folder of the gateway")
        action.add_argument("--owner", metavar="FILE", type=Path, help="the owner's keys (default: NAME-owner.json)")
        action.add_argument("--country", metavar="CODE", default="ID", help="where the gateway stands (default: ID)")


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    # What reads flows takes 6 MB and 0.15 s, which a server that only offers this command would pay.
    from amanat.cli.service_actions import act

    return act(arguments)
