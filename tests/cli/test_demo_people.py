"""Two people on real clients talk as soon as the demo starts, and are the same people at the next start."""

import re
import time
import urllib.request
from collections.abc import Callable
from html import unescape
from pathlib import Path

from amanat.cli.demo_people import LINES
from tests.processes import AmanatProcess, free_port

PATIENCE_S = 60.0


def until(holds: Callable[[str], bool], url: str) -> str:
    """Look at the page until something is on it."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        with urllib.request.urlopen(f"{url}/demo") as answer:
            page = unescape(answer.read().decode())
        if holds(page):
            return page
        assert time.monotonic() < deadline, page
        time.sleep(0.2)


def both_read(line: int) -> Callable[[str], bool]:
    """Whether a line stands on the page as what one wrote and the other reads."""
    read = re.compile(f"“{re.escape(LINES[line][1])}”</p><p><b>Ani</b> [a-z ]+ · <b>Budi</b> [a-z ]+</p>")
    return lambda page: read.search(page) is not None


def test_they_talk_and_the_server_stores_what_it_cannot_read(tmp_path: Path) -> None:
    port = free_port()
    demo = AmanatProcess(
        "demo", "--listen", f"127.0.0.1:{port}", "--data", str(tmp_path / "data"), log=tmp_path / "log"
    )
    assert demo.start() == f"http://localhost:{port}"
    page = until(both_read(1), demo.url)
    stored = "".join(re.findall(r"<code>(.*?)</code>", page))
    assert "m.megolm.v1.aes-sha2" in stored
    assert LINES[0][1] not in stored
    assert "cannot decrypt" not in page
    assert demo.stop() == 0

    demo.start()
    # The first line was said at the first start: whoever reads it now has kept their keys.
    page = until(lambda page: both_read(1)(page) and "signing in" not in page, demo.url)
    assert "cannot decrypt" not in page
    assert demo.stop() == 0
    assert len(list((tmp_path / "data" / "people").glob("*/login.json"))) == 3
    assert "Traceback" not in demo.log.read_text()
