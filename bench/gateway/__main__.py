"""`python -m bench.gateway`: measure a service's device against a gated lab, and print what came of it.

A citizen with many chats writes to a service that answers each text; both encryptions are real on both sides. First
while the service runs, then all that was said while it was away.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from amanat.cli.loop import run
from bench import machine
from bench.gateway.measuring import Figure, measure


def _line(figure: Figure, what: str) -> str:
    return f"| {what} | {figure.messages:,} | {figure.cpu_ms:.2f} ms | {figure.per_s:,.0f}/s |"


def main(argv: Sequence[str]) -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.gateway", description="Measure a service's device.")
    parser.add_argument("--chats", type=int, default=200, help="chats (default: %(default)s)")
    parser.add_argument("--messages", type=int, default=10, help="messages in each chat (default: %(default)s)")
    options = parser.parse_args(argv)
    print(f"{datetime.now(UTC).date()}, {machine.shape()}; load average {os.getloadavg()[0]:.1f} before.\n")
    with tempfile.TemporaryDirectory(prefix="bench-gateway-") as folder:
        came = run(measure(Path(folder), chats=options.chats, each=options.messages))
    print("| messages in and out | number | CPU each | answered |\n|---|---|---|---|")
    print(_line(came.first, "the first of each chat, with its keys"))
    print(_line(came.live, "while the service runs"))
    print(_line(came.away, "said while it was away"))
    memory = f"{came.empty_bytes / 1e6:.0f} MB at the start, {came.full_bytes / 1e6:.0f} MB"
    print(f"\nMemory: {memory} with {options.chats:,} chats.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
