"""`amanat partner`: admit third parties, send them away, and see how often they read."""

import argparse
from datetime import UTC, datetime
from urllib.parse import quote

from amanat.cli.admin_socket import AdminClient, ask
from amanat.cli.failure import Exit
from amanat.cli.settings import add_settings, settings
from amanat.core.scopes import FOR_PARTNERS

HELP = "admit third parties that people may allow to read their data"
DESCRIPTION = """\
Admit partners, send them away and list them. A partner reads of a person what that person allows it, within the
scopes it was admitted for; each read is in the person's ledger.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="admit a partner", description="Admit a partner and tell its token.")
    create.add_argument("name", help="what people read when they are asked")
    create.add_argument(
        "--scope", metavar="SCOPE", action="append", required=True, help=f"one of {', '.join(FOR_PARTNERS)}"
    )
    create.add_argument("--days", type=int, metavar="N", default=365, help="how long its token is good (default: 365)")
    create.add_argument("--reads", type=int, metavar="N", default=1000, help="reads a day at most (default: 1000)")
    revoke = actions.add_parser("revoke", help="send a partner away", description="End a partner's token at once.")
    revoke.add_argument("partner", help="the partner's id")
    listing = actions.add_parser("list", help="list partners", description="List every partner, one a line.")
    for action in (create, revoke, listing):
        add_settings(action)


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    act = {"create": _create, "revoke": _revoke, "list": _list}[arguments.action]
    ask(settings(arguments), lambda client: act(client, arguments))
    return Exit.OK


def _create(client: AdminClient, arguments: argparse.Namespace) -> None:
    wanted = {"name": arguments.name, "scopes": arguments.scope, "days": arguments.days}
    made = client.post("/partners", wanted | {"reads_per_day": arguments.reads})
    print(f"Admitted {made['partner_id']}.")
    print(f"Token, shown this once: {made['token']}")


def _revoke(client: AdminClient, arguments: argparse.Namespace) -> None:
    ended = client.post(f"/partners/{quote(arguments.partner, safe='')}/revoke", {})
    print(f"Revoked {ended['partner_id']}.")


def _list(client: AdminClient, _arguments: argparse.Namespace) -> None:
    for partner in client.get("/partners")["partners"]:
        until = datetime.fromtimestamp(partner["expires_ts"] / 1000, UTC)
        state = f"until {until:%Y-%m-%d}" if partner["revoked_ts"] is None else "revoked"
        scopes = ",".join(partner["scopes"])
        print(f"{partner['partner_id']}\t{partner['name']}\t{scopes}\t{state}\t{partner['reads']} reads in 30 days")
