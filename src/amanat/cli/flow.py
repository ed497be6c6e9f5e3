"""`amanat flow`: check, try, draw and test a menu conversation that lies in a folder."""

import argparse
from pathlib import Path
from typing import Final

from amanat.cli.failure import Exit

HELP = "check, try, draw and test menu conversations"
DESCRIPTION = """\
Work on a flow: a folder with flow.yaml, a file of texts for each language, tables and closures. docs/flows.md says how
one is written. Nothing here asks a server: what one tries is what the person in the chat will get, by the same code.
"""

_ABOUT: Final = {
    "lint": ("check a flow", "Check a flow; each problem is told with its file, its line and a sentence."),
    "chat": (
        "try a flow in the terminal",
        "Talk to a flow. Tables are looked up; bookings and tickets only pretend. "
        "Beside words one may write /voice, /file, /picture, /wait 30 minutes, /done (the staff give back), /quit.",
    ),
    "draw": ("draw a flow", "Print a flow as a Mermaid flowchart."),
    "test": (
        "run a flow's transcripts",
        "Hold the conversations in transcripts/ with the flow, and tell what differs.",
    ),
    "publish": (
        "have a service speak a flow",
        "Check a flow, and have a service speak it: its gateway takes it up within a second, and conversations that "
        "began go on in the version that they began in. Earlier versions are kept.",
    ),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (summary, description) in _ABOUT.items():
        action = actions.add_parser(name, help=summary, description=description)
        action.add_argument("folder", type=Path, help="the folder that holds flow.yaml")
        if name in ("chat", "draw"):
            action.add_argument("--language", metavar="CODE", help="id, en, ...; by default the flow's first")
        if name == "lint":
            action.add_argument(
                "--service",
                metavar="DIR",
                type=Path,
                help="hold its connectors against connectors.toml of this service's folder as well",
            )
        if name == "publish":
            action.add_argument(
                "service", type=Path, help="the service's folder in its gateway's, such as gateway/paspor"
            )
    back = actions.add_parser(
        "back", help="have a service speak an earlier version", description="Speak an earlier version again."
    )
    back.add_argument("service", type=Path, help="the service's folder")
    back.add_argument("version", nargs="?", help="one of those that are kept (default: the one before)")


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    # The parsers of YAML and calendars take 6 MB and 0.15 s, which a server that only offers this command would pay.
    from amanat.cli.flow_actions import act

    return act(arguments)
