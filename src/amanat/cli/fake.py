"""`amanat fake`: both bot APIs without a server, for whoever writes a bot and tests it."""

import argparse

from amanat.cli.failure import Exit

HELP = "both bot APIs over a conversation in memory: a mock server for who writes bots"
DESCRIPTION = """\
Serve the Telegram Bot API and the WhatsApp Cloud API over conversations in memory, on this machine alone: no server, no
keys, and nothing is kept. It runs the gateway's own code, so that a bot that passes here meets the same answers there.
It prints one JSON object: the token and the addresses of a bot of each API. A test plays the people:

    POST /fake/telegram/budi/says   {"text": "halo"}      (or {"type": ..., "content": ...})
    GET  /fake/telegram/budi/hears?after=0&timeout=10
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the flags."""
    parser.add_argument(
        "--listen",
        metavar="ADDRESS:PORT",
        default="127.0.0.1:8020",
        help="where (default: 127.0.0.1:8020; port 0: any)",
    )


def main(arguments: argparse.Namespace) -> Exit:
    """Run until SIGTERM or SIGINT."""
    from amanat.cli.fake_actions import act

    return act(arguments)
