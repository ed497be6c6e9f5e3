"""Flags that commands about services and about bots share."""

import argparse
from pathlib import Path
from typing import Final

STAFF: Final = (
    "Say who of the staff may do what at the desk of a service or a bot (docs/desk.md). What is changed counts from "
    "the next click on, whether or not the gateway runs."
)


def add_data(parser: argparse.ArgumentParser) -> None:
    """Declare where the gateway's folder is."""
    parser.add_argument("--data", metavar="DIR", type=Path, default=Path("gateway"), help="folder of the gateway")


def add_account(parser: argparse.ArgumentParser) -> None:
    """Declare where the gateway stands and who signs for an account of its."""
    add_data(parser)
    parser.add_argument("--owner", metavar="FILE", type=Path, help="the owner's keys (default: NAME-owner.json)")
    parser.add_argument("--country", metavar="CODE", default="ID", help="where the gateway stands (default: ID)")


def add_homeserver(parser: argparse.ArgumentParser) -> None:
    """Declare which server an account is on."""
    parser.add_argument("--homeserver", metavar="URL", required=True, help="the server's address")


def add_database(parser: argparse.ArgumentParser) -> None:
    """Declare where its data is kept."""
    parser.add_argument(
        "--database",
        metavar="URL",
        help="keep its data in this PostgreSQL, in a schema of its name (default: SQLite in its folder)",
    )


def add_run_by(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    """Declare that somebody runs it for somebody else."""
    parser.add_argument(
        "--run-by",
        metavar="HOST",
        required=required,
        help="who runs it for somebody else; people read this name, and this gateway's key signs for it",
    )


def add_registration_token(parser: argparse.ArgumentParser) -> None:
    """Declare what lets a new account in."""
    parser.add_argument("--registration-token", metavar="TOKEN", help="from `amanat user token`, where one is needed")


def add_staff(parser: argparse.ArgumentParser) -> None:
    """Declare who of the staff may do what."""
    parser.add_argument("name", help="the service's or the bot's user name")
    parser.add_argument("act", choices=("add", "remove", "list"), help="what to do")
    parser.add_argument("user", metavar="USER", nargs="?", help="of whom, as @name:server")
    parser.add_argument(
        "--role",
        choices=("agent", "editor", "lead"),
        default="agent",
        help="agent: answers, looks after deliveries; editor: publishes; lead: all, tokens and the list of the staff "
        "(default: agent)",
    )
    add_data(parser)
