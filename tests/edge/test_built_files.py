"""Built files are served as they are: those that were named, and under their own policy."""

from pathlib import Path

import pytest

from amanat.core.errors import NotFound
from amanat.edge.built_files import BuiltFiles
from amanat.edge.incoming import Incoming
from amanat.edge.request import Request


class _Flow:
    def hold_back(self) -> None: ...

    def go_on(self) -> None: ...


def _request(**headers: str) -> Request:
    raw = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
    return Request("GET", b"/", headers=raw, peer="", incoming=Incoming(_Flow()))


async def test_a_file_is_sent_once_and_small_to_who_can_read_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"whole")
    (tmp_path / "page.html.br").write_bytes(b"small")
    (tmp_path / "secret.html").write_bytes(b"secret")
    files = BuiltFiles(
        tmp_path, names=["page.html"], policy_of=lambda name: f"of {name}".encode(), guards=[(b"x-guard", b"1")]
    )
    whole = await files.answer(_request(), "page.html")
    headers = dict(whole.headers or [])
    assert (whole.body, headers[b"content-security-policy"], headers[b"x-guard"]) == (b"whole", b"of page.html", b"1")
    small = await files.answer(_request(accept_encoding="br"), "page.html")
    assert small.body == b"small"
    etag = headers[b"etag"].decode()
    assert (await files.answer(_request(if_none_match=etag), "page.html")).status == 304
    with pytest.raises(NotFound):
        await files.answer(_request(), "secret.html")
