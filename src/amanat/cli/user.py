"""`amanat user`: make, end and list accounts, and let people register."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from getpass import getpass
from typing import Any
from urllib.parse import quote

from amanat.cli.admin_socket import AdminClient, ask
from amanat.cli.failure import Exit, Failure
from amanat.cli.settings import add_settings, settings

HELP = "make, end and list accounts; make registration tokens"
DESCRIPTION = """\
Make, end and list accounts, and make the tokens that people register with. The running server is asked, through the
socket in its data folder; where none runs, the data is opened for the moment.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="make an account", description="Make an account and tell its id.")
    create.add_argument("username", help="what people find it by; with --bot, also what its id begins with")
    create.add_argument("--bot", action="store_true", help="a program's account, with an id that can be read")
    create.add_argument("--admin", action="store_true", help="an operator's account")
    create.add_argument("--password-prompt", action="store_true", help="ask for the password instead of making one")
    deactivate = actions.add_parser("deactivate", help="end an account", description="End an account for ever.")
    deactivate.add_argument("user", help="user id, or what people find it by")
    deactivate.add_argument("--erase", action="store_true", help="forget the person too")
    listing = actions.add_parser("list", help="list accounts", description="List every account, one a line.")
    token = actions.add_parser("token", help="let people register", description="Make a registration token.")
    token.add_argument("--uses", type=int, metavar="N", default=1, help="how many people it is for (default: 1)")
    token.add_argument("--days", type=int, metavar="N", default=7, help="how long it is good (default: 7)")
    for action in (create, deactivate, listing, token):
        add_settings(action)


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    act = {"create": _create, "deactivate": _deactivate, "list": _list, "token": _token}[arguments.action]
    ask(settings(arguments), lambda client: act(client, arguments))
    return Exit.OK


def _create(client: AdminClient, arguments: argparse.Namespace) -> None:
    made = client.post(
        "/users",
        {
            "username": arguments.username,
            "password": _new_password() if arguments.password_prompt else None,
            "kind": "bot" if arguments.bot else "person",
            "is_admin": arguments.admin,
        },
    )
    print(f"Made {made['user_id']}.")
    if "password" in made:
        print(f"Password, shown this once: {made['password']}")


def _deactivate(client: AdminClient, arguments: argparse.Namespace) -> None:
    ended = client.post(f"/users/{quote(arguments.user, safe='')}/deactivate", {"erase": arguments.erase})
    print(f"Deactivated {ended['user_id']}.")


def _list(client: AdminClient, _arguments: argparse.Namespace) -> None:
    for user in _users(client):
        made = datetime.fromtimestamp(user["created_ts"] / 1000, UTC)
        marks = [user["kind"]] + ["admin"] * user["is_admin"] + ["deactivated"] * (user["deactivated_ts"] is not None)
        print(f"{user['user_id']}\t{user['handle'] or '-'}\t{made:%Y-%m-%d}\t{','.join(marks)}")


def _token(client: AdminClient, arguments: argparse.Namespace) -> None:
    made = client.post("/registration_tokens", {"uses_allowed": arguments.uses, "days": arguments.days})
    print(made["token"])


def _users(client: AdminClient) -> Iterator[Any]:
    """Yield every account, a page at a time."""
    page = client.get("/users")
    while page["users"]:
        yield from page["users"]
        page = client.get(f"/users?after={quote(page['next'], safe='')}")


def _new_password() -> str:
    password = getpass("Password: ")
    if getpass("Once more: ") != password:
        raise Failure("The two are not the same.")
    return password
