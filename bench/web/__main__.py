"""`python -m bench.web`: measure the app in a headless Chromium and print the table."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from bench import machine
from bench.table import OURS, markdown
from bench.web.measure import LINES, World, measure


def main(argv: Sequence[str]) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.web", description="Measure the app's figures.")
    parser.add_argument("--chats", type=int, default=1_000, help="chats in the list (default: %(default)s)")
    parser.add_argument("--messages", type=int, default=10_000, help="messages in the long chat (default: %(default)s)")
    parser.add_argument("--sought", type=int, default=100_000, help="messages in the index (default: %(default)s)")
    options = parser.parse_args(argv)
    load = os.getloadavg()[0]
    figures = asyncio.run(measure(World(chats=options.chats, messages=options.messages, sought=options.sought)))
    print(f"{datetime.now(UTC).date()}, {machine.shape()}; load average {load:.1f} before; headless Chromium;")
    print(f"{options.chats:,} chats, {options.messages:,} messages in the long one, {options.sought:,} in the index.\n")
    print(markdown(LINES, {OURS: figures}, titles={OURS: "Amanat"}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
