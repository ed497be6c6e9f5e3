"""What a lab with a gateway says of itself, in lines after the one with its own address."""

import re
import time
from typing import Final

from tests.processes import AmanatProcess

PATIENCE_S: Final = 60


def told_by(lab: AmanatProcess, what: str) -> str:
    """Return what it says of its `desk`, or of its `bots`: JSON."""
    deadline = time.monotonic() + PATIENCE_S
    while (found := re.search(rf"Its {what}: (.+)\n", lab.log.read_text())) is None:
        assert time.monotonic() < deadline, lab.log.read_text()
        time.sleep(0.05)
    return found[1]
