"""What the server tells is kept together with up to where it has told; what a sync leaves out is asked for."""

import pytest

from amanat.gateway.device.happenings import Unreadable
from amanat.gateway.device.server_api import Refused
from amanat.gateway.device.sync_loop import POSITION
from tests.gateway.device.town import Town


async def test_all_that_was_said_while_it_was_away_is_heard_in_order(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")
    await office.close()
    said = [str(number) for number in range(130)]  # more than a sync brings
    for text in said:
        await alice.say(room_id, text)
    await alice.road.has_asked("/send/m.room.encrypted", times=131)
    again = await town.citizen("office", person=office.person)
    await again.echo.hears(said[-1])
    assert again.echo.texts == said


async def test_the_position_is_kept_with_what_came(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    before = await office.store.first(POSITION)
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await office.echo.hears("hello")
    after = await office.store.first(POSITION)
    assert before is not None
    assert after is not None
    assert before.next_batch != after.next_batch


async def test_a_network_that_fails_is_tried_again(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    ways = iter(["back"])
    office.road.loses = lambda line: next(ways, None) if "/sync" in line else None
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")


async def test_a_filter_that_the_server_has_lost_is_kept_there_again(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    with pytest.raises(Refused):
        await office.device._sync.once(filter_id="999999")
    times = iter([True])
    office.road.changes = lambda line: (
        line.replace("filter=", "filter=999999") if "/sync?" in line and next(times, False) else line
    )
    room_id = await alice.create_room(office)
    await office.road.has_asked("/filter", times=2)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")


async def test_a_new_device_does_not_apologise_for_what_was_said_before_it_was_there(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    await alice.echo.hears("You said: hello")
    second = await town.citizen("office", person=await town.server.login("office"))
    await alice.say(room_id, "to both")
    await second.echo.hears("to both")
    assert second.echo.texts == ["to both"]
    assert not any(isinstance(happening, Unreadable) for happening in second.echo.told)
