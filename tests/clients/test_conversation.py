"""Two people talk encrypted, at every pair of SDKs: what they say, show, share and take back reaches the other."""

import os

import pytest
import pytest_asyncio

from tests.clients.conftest import People
from tests.clients.person import Person, meet

pytestmark = pytest.mark.parametrize(
    ("first_sdk", "second_sdk"), [("nio", "nio"), ("js-sdk", "js-sdk"), ("nio", "js-sdk"), ("js-sdk", "nio")]
)


@pytest_asyncio.fixture(loop_scope="session")
async def alice(people: People, first_sdk: str) -> Person:
    return await people.register(first_sdk, "alice")


@pytest_asyncio.fixture(loop_scope="session")
async def bob(people: People, second_sdk: str) -> Person:
    return await people.register(second_sdk, "bob")


async def test_messages_go_both_ways(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    asked = await alice.say(room_id, "Shall we?")
    assert await bob.hears(room_id, "Shall we?") == asked
    answered = await bob.say(room_id, "Let's.")
    for person in alice, bob:
        assert await person.hears(room_id, "Let's.") == answered
    assert await alice.heard(room_id) == await bob.heard(room_id) == [(asked, "Shall we?"), (answered, "Let's.")]


async def test_second_devices_read_what_is_said_from_then_on(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    await alice.say(room_id, "before")
    devices = alice_too, bob_too = await alice.new_device(), await bob.new_device()
    for person in (alice, bob, *devices):
        await person.knows_devices(alice.user_id, [alice.device_id, alice_too.device_id])
        await person.knows_devices(bob.user_id, [bob.device_id, bob_too.device_id])
    for speaker in (alice, alice_too, bob, bob_too):
        text = f"{speaker.device_id} of {speaker.user_id}"
        await speaker.say(room_id, text)
        for listener in (alice, alice_too, bob, bob_too):
            await listener.hears(room_id, text)


async def test_a_file_is_opened_by_the_other(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    data = os.urandom(300_000)
    await alice.send_file(room_id, name="ledger.bin", data=data)
    assert await bob.receives_file(room_id, name="ledger.bin") == data


async def test_a_reaction_is_seen_by_both(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    event_id = await alice.say(room_id, "It works!")
    await bob.hears(room_id, "It works!")
    await bob.react(room_id, event_id, "🎉")
    await alice.sees_reaction(room_id, event_id, "🎉")
    await bob.sees_reaction(room_id, event_id, "🎉")


async def test_a_redaction_reaches_the_other(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    event_id = await alice.say(room_id, "oops")
    await bob.hears(room_id, "oops")
    await alice.redact(room_id, event_id)
    await bob.sees_redaction(room_id, event_id)


async def test_receipts_and_typing_reach_the_other(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    event_id = await alice.say(room_id, "Are you there?")
    await bob.hears(room_id, "Are you there?")
    await bob.start_typing(room_id)
    await alice.sees_typing(room_id, bob.user_id)
    await bob.read(room_id, event_id)
    await alice.sees_read(room_id, event_id, by=bob.user_id)


async def test_a_device_that_logs_out_gets_no_more_keys(alice: Person, bob: Person) -> None:
    room_id = await meet(alice, bob)
    bob_too = await bob.new_device()
    await alice.knows_devices(bob.user_id, [bob.device_id, bob_too.device_id])
    await bob_too.logout()
    await alice.knows_devices(bob.user_id, [bob.device_id])
    await alice.say(room_id, "only for you")
    await bob.hears(room_id, "only for you")
