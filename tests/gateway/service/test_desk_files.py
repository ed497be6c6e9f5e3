"""The desk opens what lies locked with the server, and leaves there what another client can open."""

from typing import Any

import pytest
from nio.crypto.attachments import decrypt_attachment

from amanat.gateway.desk.errors import FileGone, FileNotTaken, FileTooLarge, ServerAway
from amanat.gateway.desk.joints import Upload
from amanat.gateway.service.desk_files import DeskFiles
from tests.gateway.service.at_work import AtWork

LETTER = Upload(name="surat.pdf", mimetype="application/pdf", content=b"%PDF-1.7 surat")
PICTURE = Upload(name="denah.png", mimetype="image/png", content=b"\x89PNG", width=40, height=30)


async def test_what_was_left_is_opened_again_and_the_server_cannot(passport: AtWork) -> None:
    desk = DeskFiles(passport.service.device)
    left = await desk.leave(LETTER)
    assert await desk.open(left.file, most=100) == LETTER.content
    address = left.file["url"].removeprefix("mxc://")
    stored = await passport.road.ask(
        "GET",
        f"/_matrix/client/v1/media/download/{address}",
        headers={"Authorization": f"Bearer {passport.person.token}"},
        deadline_s=30,
    )
    assert LETTER.content not in stored.body
    file: dict[str, Any] = left.content["file"]
    assert decrypt_attachment(stored.body, file["key"]["k"], file["hashes"]["sha256"], file["iv"]) == LETTER.content
    assert (left.content["msgtype"], left.content["body"], left.content["filename"]) == (
        "m.file",
        "surat.pdf",
        "surat.pdf",
    )
    picture = await desk.leave(PICTURE)
    assert picture.content["msgtype"] == "m.image"
    assert picture.content["info"] == {"mimetype": "image/png", "size": 4, "w": 40, "h": 30}


async def test_what_cannot_be_opened_or_left_is_refused_by_name(passport: AtWork) -> None:
    desk = DeskFiles(passport.service.device)
    left = await desk.leave(LETTER)
    with pytest.raises(FileTooLarge):
        await desk.open(left.file, most=3)
    with pytest.raises(FileGone):
        await desk.open(left.file | {"hashes": {"sha256": "a" * 43}}, most=100)
    for address in ("mxc://localhost/nothing", "mxc://localhost/../x", "https://localhost/x", ""):
        with pytest.raises(FileGone):
            await desk.open(left.file | {"url": address}, most=100)
    passport.road.loses = lambda line: "there" if "/media/" in line else None
    with pytest.raises(ServerAway):
        await desk.open(left.file, most=100)
    with pytest.raises(ServerAway):
        await desk.leave(LETTER)
    passport.road.loses = lambda _: None
    passport.road.changes = lambda line: line.replace("/_matrix/media/v3/upload", "/_matrix/media/v3/nothing")
    with pytest.raises(FileNotTaken):
        await desk.leave(LETTER)
