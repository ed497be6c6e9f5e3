"""`amanat bot`: make a bot for a program that speaks another system's API, and say which tokens let it in."""

import argparse
from typing import Final

from amanat.cli import gateway_flags as flags
from amanat.cli.failure import Exit

HELP = "make a bot for a program that speaks the Telegram Bot API or the WhatsApp Cloud API"
DESCRIPTION = """\
A bot is an account whose device, and with it the plain text of its chats, lies in a gateway (`amanat gateway --bots`).
What it says comes from a program of its owner's, over the Telegram Bot API or the WhatsApp Cloud API: docs/bots.md.
"""

URL: Final = "http://127.0.0.1:8020"
"""Where the bot APIs are reached, unless somebody says otherwise."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    _add_create(
        actions.add_parser(
            "create",
            help="make a bot",
            description="Register a bot's account, make its keys and a token, and print one JSON object: the token "
            "and the addresses that its program is to be given. They are told this once. One that was interrupted is "
            "gone on with; one that is there gets a new first token, and the old one ends.",
        )
    )
    _add_token(
        actions.add_parser(
            "token",
            help="say which tokens let a bot's program in",
            description="Make, revoke and list a bot's tokens. What is revoked counts from the next call, whether or "
            "not the gateway runs. A new token is printed this once: only its hash is kept. People whom the bot talks "
            "with are shown what a token is called, what it may do, and until when.",
        )
    )
    _add_desk(actions)
    _add_catalog(
        actions.add_parser(
            "catalog",
            help="take a file into a bot's catalogue",
            description="Take products from a CSV file in the columns of Meta's feeds (id, title, price and, where "
            "wanted, description, availability, link, image_link, brand, condition and others). What is wrong is told "
            "with its line, and then nothing is changed. One whose id is there is put in its place; what the file does "
            "not name stays. The gateway has to run.",
        )
    )


def _add_desk(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    flags.add_staff(
        actions.add_parser("staff", help="say who may look after a bot at the desk", description=flags.STAFF)
    )
    deliveries = actions.add_parser(
        "deliveries",
        help="show what was delivered to a bot's webhook",
        description="Print the last 100 tries as JSON, the newest first; or one of them by its position, with what "
        "people wrote. A gateway that runs is asked, and without one the bot's data.",
    )
    deliveries.add_argument("name", help="the bot's user name")
    deliveries.add_argument("position", type=int, nargs="?", help="of a try, to see what it brought")
    flags.add_data(deliveries)
    test = actions.add_parser(
        "test",
        help="deliver a test to a bot's webhook",
        description="Deliver an update that tells of nothing to the webhook as it is set now, once, and print the "
        "status (0: no answer), the answer and how long it took. The gateway has to run: it is from there that the "
        "webhook is to be reached.",
    )
    test.add_argument("name", help="the bot's user name")
    flags.add_data(test)
    replay = actions.add_parser(
        "replay",
        help="deliver once more what was delivered to a bot's webhook",
        description="Have what one of the last 100 tries brought delivered again, byte for byte: at once where a "
        "gateway runs, and else when one does.",
    )
    replay.add_argument("name", help="the bot's user name")
    replay.add_argument("position", type=int, help="of the try: `amanat bot deliveries` lists them")
    flags.add_data(replay)


def _add_catalog(catalog: argparse.ArgumentParser) -> None:
    catalog.add_argument("name", help="the bot's user name")
    catalog.add_argument("act", choices=("import",), help="what to do")
    catalog.add_argument("file", metavar="FILE.csv", help="the file, in UTF-8")
    catalog.add_argument("--dry-run", action="store_true", help="only look whether it fits, but for its pictures")
    flags.add_data(catalog)


def _add_create(create: argparse.ArgumentParser) -> None:
    create.add_argument("name", help="its user name")
    create.add_argument("--api", choices=("telegram", "cloud"), required=True, help="which API its program speaks")
    create.add_argument("--title", metavar="TEXT", help="what people read in place of its user name")
    flags.add_new_account(create)
    flags.add_registration_token(create)
    create.add_argument("--url", default=URL, help=f"where its program reaches the gateway (default: {URL})")
    create.add_argument(
        "--window",
        choices=("24h", "7d", "off"),
        default="24h",
        help="of the Cloud API: how long after somebody's word the bot may write what it likes (default: 24h)",
    )
    create.add_argument(
        "--offers-a-day",
        type=int,
        choices=range(1, 21),
        default=2,
        metavar="N",
        help="of the Cloud API: how many templates of MARKETING go to somebody in 24 hours who writes nothing in "
        "between (1 to 20, default: 2)",
    )
    create.add_argument(
        "--stand-in-numbers",
        action="store_true",
        help="of the Cloud API: give people who shared no number one of nobody's, for libraries that know no other id",
    )
    create.add_argument(
        "--hears-groups", action="store_true", help="hear all that is said in groups, not only commands"
    )


def _add_token(token: argparse.ArgumentParser) -> None:
    token.add_argument("name", help="the bot's user name")
    token.add_argument("act", choices=("add", "revoke", "list"), help="what to do")
    token.add_argument("label", nargs="?", help="what the token is called")
    lasts = token.add_mutually_exclusive_group()
    lasts.add_argument("--days", type=int, help="how long it lets in (default: until it is revoked)")
    lasts.add_argument("--hours", type=int, help="the same, for what is needed briefly")
    token.add_argument(
        "--scopes",
        metavar="LIST",
        help="read what people say, write to them, manage the bot itself (default: read,write,manage)",
    )
    flags.add_data(token)


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    # What makes bots takes memory and time, which a server that only offers this command would pay.
    from amanat.cli.bot_actions import act

    return act(arguments)
