"""The sample services of `amanat/examples`, in a gateway of their own beside a lab or a demo.

They reach the server as every gateway does, over HTTP, and keep their keys, their owners' keys and what they are told
in a folder that is none of the server's.
"""

import logging
import sys
from pathlib import Path
from typing import Final

from amanat import logs
from amanat.cli.beside import until_stdin_ends
from amanat.cli.loop import run
from amanat.gateway.service.creating import Wanted, create
from amanat.gateway.service.running import run_services, services_in

EXAMPLES: Final = Path(__file__).parents[1] / "examples"


def samples() -> list[Path]:
    """Return the folders of the sample services."""
    return sorted(file.parent for file in EXAMPLES.glob("*/flow.yaml"))


async def live(url: str, folder: Path) -> None:
    """Make the services that are not there yet, publish them as they are now, and run them until cancelled."""
    for sample in samples():
        owner = folder / "owners" / f"{sample.name}.json"
        await create(Wanted(name=sample.name, homeserver=url, data=folder, owner=owner, flow=sample))
    await run_services(services_in(folder), ready=_print)


def _print(lines: list[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    logs.configure("console", level=logging.WARNING)
    run(until_stdin_ends(live(sys.argv[1], Path(sys.argv[2]))))
