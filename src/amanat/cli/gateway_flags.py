"""Flags that commands about services and about bots share, and what is asked for by them."""

import argparse
from pathlib import Path
from typing import Any, Final, TypeVar

from msgspec import Struct

T = TypeVar("T", bound=Struct)

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


def owner_of(arguments: argparse.Namespace) -> Path:
    """Return where the owner's keys lie."""
    return Path(arguments.owner or f"{arguments.name}-owner.json")


def add_new_account(parser: argparse.ArgumentParser, *, is_hosted: bool = False) -> None:
    """Declare what an account is made with; one that `is_hosted` has an owner elsewhere."""
    add_account(parser)
    parser.add_argument("--homeserver", metavar="URL", type=_without_slash, required=True, help="the server's address")
    parser.add_argument(
        "--run-by",
        metavar="HOST",
        required=is_hosted,
        help="who runs it for somebody else; people read this name, and this gateway's key signs for it",
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        help="keep its data in this PostgreSQL, in a schema of its name (default: SQLite in its folder)",
    )


def wanted(kind: type[T], arguments: argparse.Namespace, **more: Any) -> T:
    """Return what is asked for: a field of it is what the flag of its name says, unless `more` does."""
    given = vars(arguments) | {"owner": owner_of(arguments)} | more
    return kind(**{field: given[field] for field in kind.__struct_fields__})


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


def _without_slash(url: str) -> str:
    return url.rstrip("/")
