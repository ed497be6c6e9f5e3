"""A service's device, whole: people write to it and are answered, across restarts."""

import pytest

from amanat.db.database import Database
from amanat.gateway.device.account import WrongDevice
from amanat.gateway.device.happenings import Sent
from amanat.gateway.device.server_api import LoggedOut
from tests.gateway.device.town import Town


async def test_a_citizen_writes_and_is_answered(town: Town, database: Database) -> None:
    office, alice = await town.office(database=database), await town.citizen("alice")
    room_id = await alice.create_room(office)
    for text in "one", "two", "three":
        await alice.say(room_id, text)
    for text in "one", "two", "three":
        received = await office.echo.hears(text)
        assert (received.sender, received.type, received.trust) == (alice.user_id, "m.room.message", "unidentified")
        await alice.echo.hears(f"You said: {text}")
    assert alice.echo.texts == ["You said: one", "You said: two", "You said: three"]
    sent = await office.echo.told_of(Sent)
    assert sent.event_id in [each.event_id for each in alice.echo.received]


async def test_it_goes_on_after_a_restart(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "before")
    await alice.echo.hears("You said: before")
    await office.close()
    await alice.say(room_id, "meanwhile")
    again = await town.citizen("office", person=office.person)
    again.echo.quiet = False
    assert again.device.ed25519 == office.device.ed25519
    await alice.echo.hears("You said: meanwhile")
    await alice.say(room_id, "after")
    await alice.echo.hears("You said: after")
    assert again.echo.texts == ["meanwhile", "after"]


async def test_it_stops_with_a_sentence_when_it_is_signed_out(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await office.person.post("/logout")
    await alice.say(room_id, "anybody there?")
    with pytest.raises(LoggedOut, match="sign the same device in again"):
        await office.ended()


async def test_lost_data_makes_no_new_device(town: Town) -> None:
    office = await town.office()
    await office.close()
    (office.folder / "gateway.db").unlink()
    with pytest.raises(WrongDevice, match="it was lost"):
        await town.citizen("office", person=office.person)
