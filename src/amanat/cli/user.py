"""`amanat user`: make, find, restrict and end accounts, let people register, and read what was done."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from getpass import getpass
from typing import Any
from urllib.parse import quote, urlencode

from amanat.cli.admin_socket import AdminClient, ask
from amanat.cli.failure import Exit, Failure
from amanat.cli.settings import add_settings, settings

HELP = "make, find, suspend, lock and end accounts; make registration tokens"
DESCRIPTION = """\
Make, find, suspend, lock and end accounts, and make the tokens that people register with. The running server is asked,
through the socket in its data folder; where none runs, the data is opened for the moment. Each act is written down,
with its reason: `amanat user acts` lists them. No command shows a code, a PIN or a phone number.
"""

_DONE = {
    "suspend": "Suspended",
    "unsuspend": "No longer suspended:",
    "lock": "Locked",
    "unlock": "No longer locked:",
}
_ABOUT = {
    "suspend": ("let a person read and leave, nothing more", "Let a person read, leave rooms and go, nothing more."),
    "unsuspend": ("let a suspended person act again", "Let a suspended person act again."),
    "lock": ("let nobody use an account", "Let nobody use an account for now; its devices keep what they have."),
    "unlock": ("let a locked account be used again", "Let a locked account be used again."),
}


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
    _add_moderation(actions)
    actions.add_parser("list", help="list accounts", description="List every account, one a line.")
    token = actions.add_parser("token", help="let people register", description="Make a registration token.")
    token.add_argument("--uses", type=int, metavar="N", default=1, help="how many people it is for (default: 1)")
    token.add_argument("--days", type=int, metavar="N", default=7, help="how long it is good (default: 7)")
    for action in actions.choices.values():
        add_settings(action)


def _add_moderation(actions: Any) -> None:
    find = actions.add_parser("find", help="find an account", description="Tell whose a handle is, and its state.")
    find.add_argument("user", help="what people find it by, exactly; or its user id")
    for name, (summary, description) in _ABOUT.items():
        action = actions.add_parser(name, help=summary, description=description)
        action.add_argument("user", help="user id, or what people find it by")
    reset = actions.add_parser(
        "reset-pin",
        help="have a forgotten PIN forgotten",
        description="Have a PIN forgotten in 72 hours. Its owner is told on every device and can object.",
    )
    reset.add_argument("user", help="user id, or what people find it by")
    reset.add_argument("--cancel", action="store_true", help="keep the PIN after all")
    acts = actions.add_parser("acts", help="read what was done", description="List what operators did, newest first.")
    acts.add_argument("user", nargs="?", help="only what was done to this account: its user id")
    acts.add_argument("--all", action="store_true", help="not only the last hundred")
    for name in (*_ABOUT, "reset-pin", "deactivate"):
        actions.choices[name].add_argument("--reason", metavar="TEXT", default="", help="why; it is written down")


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    act = _ACTIONS.get(arguments.action, _moderate)
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
    ended = client.post(f"{_path(arguments)}/deactivate", {"erase": arguments.erase, "reason": arguments.reason})
    print(f"Deactivated {ended['user_id']}.")


def _moderate(client: AdminClient, arguments: argparse.Namespace) -> None:
    done = client.post(f"{_path(arguments)}/{arguments.action}", {"reason": arguments.reason})
    print(f"{_DONE[arguments.action]} {done['user_id']}.")


def _reset_pin(client: AdminClient, arguments: argparse.Namespace) -> None:
    wanted = {"cancel": arguments.cancel, "reason": arguments.reason}
    asked = client.post(f"{_path(arguments)}/reset_pin", wanted)
    if arguments.cancel:
        print(f"The PIN of {asked['user_id']} stays.")
    else:
        print(f"The PIN of {asked['user_id']} will be forgotten on {_minute(asked['reset_ts'])} UTC.")


def _find(client: AdminClient, arguments: argparse.Namespace) -> None:
    print(_line(client.get(_path(arguments))))


def _list(client: AdminClient, _arguments: argparse.Namespace) -> None:
    for user in _users(client):
        print(_line(user))


def _acts(client: AdminClient, arguments: argparse.Namespace) -> None:
    query = {} if arguments.user is None else {"subject": arguments.user}
    page = client.get(f"/acts?{urlencode(query)}")
    while page["acts"]:
        for act in page["acts"]:
            print(f"{_minute(act['ts'])}\t{act['actor']}\t{act['act']}\t{act['subject'] or '-'}\t{act['reason']}")
        if not arguments.all:
            return
        page = client.get(f"/acts?{urlencode(query | page['next'])}")


def _line(user: Any) -> str:
    made = datetime.fromtimestamp(user["created_ts"] / 1000, UTC)
    marks = [user["kind"]] + ["admin"] * user["is_admin"]
    marks += [state for state in ("suspended", "locked", "deactivated") if user[f"{state}_ts"] is not None]
    return f"{user['user_id']}\t{user['handle'] or '-'}\t{made:%Y-%m-%d}\t{','.join(marks)}"


def _minute(ts: int) -> str:
    return f"{datetime.fromtimestamp(ts / 1000, UTC):%Y-%m-%d %H:%M}"


def _path(arguments: argparse.Namespace) -> str:
    return f"/users/{quote(arguments.user, safe='')}"


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


_ACTIONS = {
    "create": _create,
    "deactivate": _deactivate,
    "reset-pin": _reset_pin,
    "find": _find,
    "list": _list,
    "acts": _acts,
    "token": _token,
}
"""What is done for each word; the others are moderation."""
