"""`amanat service`: make a service, say anew who runs it, and who of its staff may do what."""

import argparse
from pathlib import Path
from typing import Final

from amanat.cli import gateway_flags as flags
from amanat.cli.failure import Exit

HELP = "make a service that answers in encrypted chats"
DESCRIPTION = """\
A service is an account whose device, and with it the plain text of its chats, lies in a gateway (`amanat gateway`). Who
runs that device is stated and signed with the owner's keys, which lie in a file of their own, best on another machine.
"""

_ABOUT: Final = {
    "create": (
        "make a service",
        "Register a service's account, make its keys, publish its flow, and print one JSON object that says what there "
        "is and where its keys lie. One that was interrupted is gone on with. With --run-by it is made for somebody "
        "else: people read that this host runs it, keeps its identity, and can read everything.",
    ),
    "renew": (
        "state anew who runs a service",
        "Sign another statement of who runs a service: one is good for 30 days.",
    ),
    "host": (
        "run a service whose owner keeps its identity",
        "Make a device for a service on its owner's account, and offer to run it. Prints one JSON object; its "
        "fingerprint is what the owner compares before they vouch for the device.",
    ),
    "accept": (
        "have a host run one's service",
        "Vouch for the device of a host, and sign who runs the service's devices. The host's signature publishes it.",
    ),
    "countersign": (
        "sign what an owner has stated of this host",
        "Sign the statement that waits, if it says what this host offered; a gateway that runs does it each minute.",
    ),
    "leave": (
        "run a service no longer",
        "Take the offer back and sign the host's device out. What the service kept stays in its folder.",
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    made = {name: actions.add_parser(name, help=told[0], description=told[1]) for name, told in _ABOUT.items()}
    for name, action in made.items():
        action.add_argument("name", help="its user name" if name == "create" else "its name in the gateway's folder")
        if name in ("create", "host"):
            flags.add_new_account(action, is_hosted=name == "host")
            action.add_argument(
                "--flow", metavar="FOLDER", type=Path, required=True, help="what it says: docs/flows.md"
            )
        else:
            flags.add_account(action)
    flags.add_registration_token(made["create"])
    made["host"].add_argument(
        "--login-token", metavar="TOKEN", help="what lets this gateway in; without it, the command says how to get one"
    )
    made["accept"].add_argument(
        "--fingerprint", metavar="KEY", required=True, help="of the host's device, as the host has read it to you"
    )
    flags.add_staff(
        actions.add_parser(
            "staff",
            help="say who may answer at the desk",
            description=flags.STAFF,
        )
    )


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    # What reads flows takes 6 MB and 0.15 s, which a server that only offers this command would pay.
    from amanat.cli.service_actions import act

    return act(arguments)
