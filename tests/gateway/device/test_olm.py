"""Channels between devices: what goes in comes out at the right one, once, and from whom it says."""

from typing import Any

import pytest

from amanat.gateway.device.olm import KEPT_CHANNELS, Borrowed, OlmChannels, Unopened
from amanat.gateway.device.tables import OLM_SESSIONS
from tests.client_api.keys import ALGORITHM
from tests.gateway.device.town import Citizen, Town
from tests.store.schema import everything_in


async def one_time_key(asks: Citizen, of: Citizen) -> str:
    claimed = await asks.ground.api.claim_keys({of.user_id: [of.person.device_id]})
    (key,) = claimed[of.user_id][of.person.device_id].values()
    return str(key["key"])


def channels(citizen: Citizen) -> OlmChannels:
    return OlmChannels(citizen.ground, citizen.device._own)


def address(citizen: Citizen) -> tuple[str, str, str]:
    identity = citizen.device._own.identity
    return identity.user_id, identity.curve25519, identity.ed25519


async def keep(citizen: Citizen, borrowed: Borrowed) -> None:
    await citizen.store.write(borrowed.put, needs=[borrowed.need])


async def write(sender: Citizen, receiver: Citizen, body: str, *, begin: bool = False) -> dict[str, Any]:
    """Encrypt something for a device, through a new channel if there is none."""
    to = address(receiver)
    async with channels(sender).borrow([to[1]]) as borrowed:
        if begin or not borrowed.has(to[1]):
            await borrowed.begin(to[1], one_time_key=await one_time_key(sender, receiver))
        encrypted = borrowed.encrypt("m.test", {"body": body}, to=to)
        await keep(sender, borrowed)
    return encrypted


async def read(receiver: Citizen, content: dict[str, Any], *, sender: Citizen) -> str:
    async with channels(receiver).borrow([content["sender_key"]]) as borrowed:
        letter = await borrowed.open(content, sender=sender.user_id)
        await keep(receiver, borrowed)
    assert (letter.sender_key, letter.ed25519) == address(sender)[1:]
    return str(letter.content["body"])


async def test_two_devices_write_to_each_other(town: Town) -> None:
    assert ALGORITHM == "signed_curve25519"
    alice, bob = await town.citizen("alice"), await town.citizen("bob")
    for sender, receiver, body in (alice, bob, "1"), (alice, bob, "2"), (bob, alice, "3"), (alice, bob, "4"):
        assert await read(receiver, await write(sender, receiver, body), sender=sender) == body
    assert len(await everything_in(bob.store, OLM_SESSIONS)) == 1


async def test_what_was_opened_opens_no_more(town: Town) -> None:
    alice, bob, eve = await town.citizen("alice"), await town.citizen("bob"), await town.citizen("eve")
    content = await write(alice, bob, "once")
    assert await read(bob, content, sender=alice) == "once"
    with pytest.raises(Unopened):
        await read(bob, content, sender=alice)
    with pytest.raises(Unopened):
        await read(bob, await write(alice, bob, "as another"), sender=eve)
    with pytest.raises(Unopened):
        await read(eve, await write(alice, bob, "for another"), sender=alice)


async def test_nonsense_is_not_opened(town: Town) -> None:
    bob = await town.citizen("bob")
    curve = address(bob)[1]
    parts: list[Any] = [None, {}, {"type": 7, "body": "AAAA"}, {"type": 0, "body": "?"}, {"type": 1}]
    async with channels(bob).borrow([curve]) as borrowed:
        for part in parts:
            with pytest.raises(Unopened):
                await borrowed.open({"sender_key": "A" * 43, "ciphertext": {curve: part}}, sender="@eve:localhost")


async def test_there_are_not_channels_without_end(town: Town) -> None:
    alice, bob = await town.citizen("alice"), await town.citizen("bob")
    for number in range(KEPT_CHANNELS + 2):
        content = await write(alice, bob, str(number), begin=True)
        assert await read(bob, content, sender=alice) == str(number)
    for citizen in alice, bob:
        assert len(await everything_in(citizen.store, OLM_SESSIONS)) == KEPT_CHANNELS
