"""Who asks to be forgotten is: nothing of them is left in any byte of the server, and others keep their rooms."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.product.holdings import HOLDINGS
from amanat.product.rights.holding import Holding, pages
from tests.clients.canary import files_in, forms
from tests.product.rights.people import Marked, everything, give_number
from tests.server import Server, start

NUMBER = "+6281234567890"


@pytest.fixture
async def on_disk(tmp_path: Path) -> AsyncIterator[Server]:
    """A server on SQLite, whose every byte can be searched."""
    server = await start(tmp_path / "data")
    yield server
    await server.amanat.close()


async def erase(amanat: Server, user_id: str) -> None:
    await amanat.amanat.deactivation.deactivate(user_id, erase=True)
    await amanat.amanat.jobs.done("account_deactivation", user_id)


def found(folder: Path, marked: Marked) -> set[str]:
    written = b"".join(content for _, content in files_in(folder))
    return {what for what, marker in marked.markers.items() if any(form in written for form in forms(marker))}


async def test_no_byte_is_left_of_who_was_erased(on_disk: Server, tmp_path: Path) -> None:
    ani = await everything(on_disk)
    phone = await give_number(on_disk, ani.person, NUMBER)
    (row,) = [rows[0] async for rows in pages(on_disk.amanat.store, _holding("phones"), user_id=ani.person.user_id)]
    before = found(tmp_path / "data", ani)
    assert before == set(ani.markers)
    await erase(on_disk, ani.person.user_id)
    assert found(tmp_path / "data", ani) == set()
    written = b"".join(content for _, content in files_in(tmp_path / "data"))
    for secret in (row.sealed_number, phone.number_hash, NUMBER.encode(), NUMBER[1:].encode()):
        assert secret not in written


async def test_no_byte_is_left_where_many_rows_have_moved(on_disk: Server, tmp_path: Path) -> None:
    """A database moves rows from page to page as it grows: what they leave behind goes too."""
    ani = Marked(await on_disk.user("ani"))
    people = [ani, *[Marked(await on_disk.user(f"other-{number}")) for number in range(5)]]
    for number in range(60):
        for marked in people:
            content = {"value": marked.mark(f"{number}") * 20}
            await marked.person.put(f"/user/{marked.person.user_id}/account_data/org.example.{number % 45}", content)
    await erase(on_disk, ani.person.user_id)
    assert found(tmp_path / "data", ani) == set()


async def test_every_table_forgets_and_the_id_stays(on_both: Server) -> None:
    ani = await everything(on_both)
    await erase(on_both, ani.person.user_id)
    left = {
        holding.name
        for holding in HOLDINGS
        if [rows async for rows in pages(on_both.amanat.store, holding, user_id=ani.person.user_id)]
    }
    assert left == {"users", "members", "device_list_changes"}
    account = await on_both.amanat.accounts.get(ani.person.user_id)
    assert account is not None
    assert (account.handle, account.password_hash, account.search_name) == (None, None, "")


async def test_others_keep_their_rooms_and_see_an_id_alone(on_both: Server) -> None:
    ani, budi = await on_both.user("ani"), await on_both.user("budi")
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Wayan Ani"})
    room = await budi.create_room(invite=[ani.user_id])
    await ani.join(room)
    said = await ani.send(room, "hello")
    await erase(on_both, ani.user_id)
    synced = (await budi.sync())["rooms"]["join"][room]
    events = synced["state"]["events"] + synced["timeline"]["events"]
    assert said in {event["event_id"] for event in events}
    mine = [event for event in events if event.get("state_key") == ani.user_id]
    assert {event["content"]["membership"] for event in mine} >= {"join", "leave"}
    assert "Wayan" not in repr(synced)
    (member,) = [
        row for row in (await budi.get(f"/rooms/{room}/members")).json["chunk"] if row["state_key"] == ani.user_id
    ]
    assert member["content"] == {"membership": "leave"}
    await budi.send(room, "go on")


async def test_who_only_leaves_is_not_erased(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Wayan Ani"})
    room = await budi.create_room(invite=[ani.user_id])
    await ani.join(room)
    await amanat.amanat.deactivation.deactivate(ani.user_id, erase=False)
    await amanat.amanat.jobs.done("account_deactivation", ani.user_id)
    assert "Wayan" in repr(await budi.sync())


async def test_roots_hold_for_everybody_else(amanat: Server) -> None:
    ani = await everything(amanat)
    budi = await everything(amanat, "budi")
    roots = amanat.amanat.own_data.roots
    amanat.clock.pass_ms(86_400_000)
    await roots.close_days()
    before = await roots.prove(2)
    await erase(amanat, ani.person.user_id)
    assert await roots.prove(2) == before
    assert (await budi.person.get("/_amanat/v1/ledger/2/proof")).status == 200


async def test_erasing_twice_is_erasing_once(amanat: Server) -> None:
    ani = await everything(amanat)
    for _ in range(2):
        await erase(amanat, ani.person.user_id)
        await amanat.amanat.own_data.erasure.forget_erased(ani.person.user_id)


def _holding(name: str) -> Holding:
    return next(holding for holding in HOLDINGS if holding.name == name)
