"""A copy has everything that is held, as a program reads it and as a person does."""

import io
from typing import Any
from zipfile import ZipFile

from msgspec import json

from amanat.product.holdings import HOLDINGS
from amanat.product.rights import copies as module
from amanat.product.rights.copies import Section, page, shown
from amanat.store.sessions import AccessTokenRow
from tests.product.rights.people import everything, give_number
from tests.server import Server


async def copy_of(amanat: Server, user_id: str) -> ZipFile:
    """Take a copy as the job does."""
    made = amanat.amanat.own_data.copies.of(user_id)
    return ZipFile(io.BytesIO(b"".join([piece async for piece in made])))


def read(archive: ZipFile, name: str) -> Any:
    return json.decode(archive.read(f"data/{name}.json"))


async def test_all_that_is_held_is_in_the_copy(on_both: Server) -> None:
    ani = await everything(on_both)
    await give_number(on_both, ani.person, "+6281234567890")
    archive = await copy_of(on_both, ani.person.user_id)
    assert archive.testzip() is None
    names = {name.removeprefix("data/").removesuffix(".json") for name in archive.namelist()}
    assert names == {holding.name for holding in HOLDINGS} | {"facts", "events", "index.html"}
    content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    missing = {what for what, marker in ani.markers.items() if marker not in content}
    # Files are listed, not contained; what was replaced is not held any more.
    assert {what for what in missing if not what.startswith("old ")} == {"file"}
    numbers = {"phone_number": "+6281234567890", "recovery_email": None}
    assert read(archive, "facts") == {"user_id": ani.person.user_id} | numbers
    (ledger,) = read(archive, "ledger")
    assert ledger["purpose"] == ani.markers["purpose"]
    assert {event["sender"] for event in read(archive, "events")} == {ani.person.user_id}


async def test_nothing_of_anybody_else_is_in_it(amanat: Server) -> None:
    ani, budi = await everything(amanat), await everything(amanat, "budi")
    archive = await copy_of(amanat, ani.person.user_id)
    content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    del budi.markers["device key"]  # All devices of these tests have the same.
    assert {what for what, marker in budi.markers.items() if marker in content} == set()


async def test_a_long_table_is_whole(amanat: Server, monkeypatch: Any) -> None:
    monkeypatch.setattr(module, "SHOWN", 2)
    ani = await amanat.user("ani")
    for number in range(230):
        await ani.put(f"/user/{ani.user_id}/account_data/org.example.{number:03}", {"number": number})
    archive = await copy_of(amanat, ani.user_id)
    kept = [row for row in read(archive, "account_data") if row["type"].startswith("org.example")]
    assert [row["content"]["number"] for row in kept] == list(range(230))
    assert archive.read("index.html").decode().count("org.example.") == 2


def test_secrets_are_shown_to_nobody() -> None:
    row = AccessTokenRow("@ani:localhost", "PHONE", b"\xff\x00", None, 0)
    assert shown(row, secret=frozenset({"token_hash", "expires_ts"})) == {
        "user_id": "@ani:localhost",
        "device_id": "PHONE",
        "token_hash": "(kept secret)",
        "expires_ts": None,
        "unused": 0,
    }
    assert shown(row)["token_hash"] == "/wA="


def test_a_name_is_no_script() -> None:
    row = {"name": "<script>alert(1)</script>", "<b>": ["'\"><img src=x>"], "nothing": None, "long": "x" * 2000}
    written = page(
        "@<i>:localhost", [Section(en="Profile", id="Profil", file="data/profiles.json", count=1, rows=[row])]
    )
    for bad in ("<script", "<img", "<b>", "<i>"):
        assert bad not in written
    assert len(written) < 3000
