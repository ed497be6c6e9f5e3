"""Who gets the key of a room and who does not, checked anew before each message."""

import asyncio
from typing import Any

from amanat.gateway.device.device import Policy
from amanat.gateway.device.happenings import HeldBack
from amanat.gateway.device.rooms import ROOM
from amanat.gateway.device.sharing import OUTBOUND_SESSION, SHARES_OF
from amanat.gateway.device.tables import OLM_SESSIONS
from tests.gateway.device.town import Citizen, Town, until
from tests.store.schema import everything_in


async def session_of(office: Citizen, room_id: str) -> str:
    row = await office.store.first(OUTBOUND_SESSION, room_id=room_id)
    assert row is not None
    return row.session_id


async def talk(alice: Citizen, room_id: str, text: str) -> None:
    await alice.say(room_id, text)
    await alice.echo.hears(f"You said: {text}")


async def test_a_device_that_its_owner_has_not_signed_gets_no_key(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    await alice.publish_identity()
    tablet = await town.citizen("alice", person=await town.server.login("alice"))
    room_id = await alice.create_room(office)
    await talk(alice, room_id, "one")
    shares = await office.store.all(SHARES_OF, room_id=room_id)
    assert {share.device_id: share.message_index for share in shares} == {
        alice.person.device_id: 0,
        tablet.person.device_id: -1,
    }
    assert "You said: one" not in tablet.echo.texts


async def test_a_device_that_is_signed_later_gets_it_from_then_on(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    keys = await alice.publish_identity()
    tablet = await town.citizen("alice", person=await town.server.login("alice"))
    room_id = await alice.create_room(office)
    await talk(alice, room_id, "one")
    session = await session_of(office, room_id)
    await alice.sign(keys, tablet)
    await talk(alice, room_id, "two")
    await tablet.echo.hears("You said: two")
    assert "You said: one" not in tablet.echo.texts
    assert await session_of(office, room_id) == session


async def test_somebody_who_left_reads_no_more(town: Town) -> None:
    office = await town.office(policy=Policy(answers="everybody"))
    alice, bob = await town.citizen("alice"), await town.citizen("bob")
    room_id = await alice.create_room(office, bob)
    await talk(alice, room_id, "one")
    await bob.echo.hears("You said: one")
    session = await session_of(office, room_id)
    await bob.person.leave(room_id)
    await alice.sees_member(room_id, bob.user_id, membership="leave")
    await office.sees_member(room_id, bob.user_id, membership="leave")
    await talk(alice, room_id, "two")
    assert await session_of(office, room_id) != session
    assert {share.user_id for share in await office.store.all(SHARES_OF, room_id=room_id)} == {alice.user_id}


async def test_a_device_that_is_gone_gets_the_key_changed(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    tablet = await town.citizen("alice", person=await town.server.login("alice"))
    room_id = await alice.create_room(office)
    await talk(alice, room_id, "one")
    await tablet.echo.hears("You said: one")
    session = await session_of(office, room_id)
    await tablet.close()
    await tablet.person.post("/logout")
    await talk(alice, room_id, "two")
    assert await session_of(office, room_id) != session


async def test_a_key_is_changed_after_as_many_messages_as_the_room_says(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    encryption = {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 10}
    state: list[dict[str, Any]] = [{"type": "m.room.encryption", "content": encryption}]
    room_id = await alice.create_room(office, initial_state=state)
    await talk(alice, room_id, "0")
    session = await session_of(office, room_id)
    for number in range(1, 10):
        await talk(alice, room_id, str(number))
    assert await session_of(office, room_id) == session
    await talk(alice, room_id, "10")
    assert await session_of(office, room_id) != session


async def test_who_has_no_identity_and_has_not_written_gets_none(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await office.say(room_id, "unasked")
    held = await office.echo.told_of(HeldBack)
    assert (held.room_id, held.reason, held.user_ids) == (room_id, "no_device", [alice.user_id])
    office.echo.quiet = True
    await alice.say(room_id, "hello")
    await alice.echo.hears("unasked")


async def test_nobody_without_an_identity_is_answered_where_the_service_says_so(town: Town) -> None:
    office, alice = await town.office(policy=Policy(answers="nobody")), await town.citizen("alice")
    room_id = await alice.create_room(office)
    await alice.say(room_id, "hello")
    assert (await office.echo.told_of(HeldBack)).reason == "no_device"


async def test_rooms_that_begin_at_once_share_one_channel_to_a_device(town: Town) -> None:
    office, alice = await town.office(), await town.citizen("alice")
    rooms = [await alice.create_room(office) for _ in range(7)]
    await asyncio.gather(*(alice.say(room_id, f"hello {number}") for number, room_id in enumerate(rooms)))
    for number in range(7):
        await alice.echo.hears(f"You said: hello {number}")
    # Each side may have begun one before it heard of the other's.
    assert len(await everything_in(alice.store, OLM_SESSIONS)) <= 2


async def test_who_was_put_out_and_comes_again_reads_what_is_said_with_the_key_that_it_had(town: Town) -> None:
    alice, office = await town.citizen("alice"), await town.office()
    room_id = await alice.create_room(office)
    await alice.say(room_id, "satu")
    await office.echo.hears("satu")
    kicked = await alice.person.post(f"/rooms/{room_id}/kick", {"user_id": office.user_id})
    assert kicked.status == 200

    async def has_forgotten() -> bool:
        return await office.store.first(ROOM, room_id=room_id) is None

    await until(has_forgotten)
    await alice.person.invite(room_id, office.user_id)

    def is_back() -> bool | None:
        joins = [each for each in alice.echo.received if each.state_key == office.user_id]
        return len(joins) == 2 or None

    await alice.echo.until(is_back, "is back")
    await alice.say(room_id, "dua")
    await office.echo.hears("dua")
