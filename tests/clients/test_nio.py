"""Stories of matrix-nio alone: emoji without cross-signing, exported keys, the device list, a refused clear text."""

from pathlib import Path

import nio

from tests.clients.conftest import People
from tests.clients.nio_person import NioPerson, expect
from tests.clients.person import meet


async def test_two_people_verify_each_other_by_emoji(people: People) -> None:
    alice, bob = await people.nio("alice"), await people.nio("bob")
    room_id = await meet(alice, bob)
    bobs_device = alice.client.device_store[bob.user_id][bob.device_id]
    expect(nio.ToDeviceResponse, await alice.client.start_key_verification(bobs_device))
    verification_id = await bob.until(lambda: next(iter(bob.client.key_verifications), None), "is asked to verify")
    expect(nio.ToDeviceResponse, await bob.client.accept_key_verification(verification_id))
    assert await shown_emoji(alice, verification_id) == await shown_emoji(bob, verification_id)
    for person in alice, bob:
        expect(nio.ToDeviceResponse, await person.client.confirm_short_auth_string(verification_id))
    for person in alice, bob:
        await until_verified(person, verification_id)
    assert bobs_device.verified
    assert alice.client.device_store[bob.user_id][bob.device_id].verified
    await alice.say_to_verified(room_id, "only to verified devices")
    await bob.hears(room_id, "only to verified devices")


async def shown_emoji(person: NioPerson, verification_id: str) -> list[tuple[str, str]]:
    """Wait for the other's key and return the emoji that it gives."""
    sas = person.client.key_verifications[verification_id]
    await person.until(lambda: sas.established_sas, "is shown emoji")
    return list(sas.get_emoji())


async def until_verified(person: NioPerson, verification_id: str) -> None:
    """Wait until the other has confirmed the emoji too."""
    sas = person.client.key_verifications[verification_id]
    await person.until(lambda: sas.verified or None, "is done verifying")


async def test_exported_keys_open_history_on_another_device(people: People, tmp_path: Path) -> None:
    alice, bob = await people.nio("alice"), await people.nio("bob")
    room_id = await meet(alice, bob)
    await bob.say(room_id, "old news")
    await alice.hears(room_id, "old news")
    exported = str(tmp_path / "keys.txt")
    await alice.client.export_keys(exported, "passphrase", count=1_000)
    tablet = await alice.new_device()
    sealed = (await tablet.until(lambda: tablet.events(room_id, nio.MegolmEvent) or None, "finds old messages"))[-1]
    await tablet.client.import_keys(exported, "passphrase")
    opened = tablet.client.decrypt_event(sealed)
    assert isinstance(opened, nio.RoomMessageText)
    assert opened.body == "old news"


async def test_devices_are_renamed_and_deleted_with_the_password(people: People) -> None:
    alice = await people.nio("alice")
    tablet = await alice.new_device()
    renamed = await alice.client.update_device(tablet.device_id, {"display_name": "kitchen tablet"})
    expect(nio.UpdateDeviceResponse, renamed)
    devices = expect(nio.DevicesResponse, await alice.client.devices()).devices
    assert {device.id: device.display_name for device in devices}[tablet.device_id] == "kitchen tablet"

    await tablet.stop_syncing()
    asked = expect(nio.DeleteDevicesAuthResponse, await alice.client.delete_devices([tablet.device_id]))
    identifier = {"type": "m.id.user", "user": alice.user_id}
    auth = {"type": "m.login.password", "identifier": identifier, "password": alice.password, "session": asked.session}
    expect(nio.DeleteDevicesResponse, await alice.client.delete_devices([tablet.device_id], auth))
    devices = expect(nio.DevicesResponse, await alice.client.devices()).devices
    assert [device.id for device in devices] == [alice.device_id]
    refused = expect(nio.WhoamiError, await tablet.client.whoami())
    assert refused.status_code == "M_UNKNOWN_TOKEN"


async def test_a_private_chat_is_encrypted_though_nobody_asked(people: People) -> None:
    alice, bob = await people.nio("alice"), await people.nio("bob")
    created = await alice.client.room_create(preset=nio.RoomPreset.private_chat, invite=[bob.user_id])
    room_id = expect(nio.RoomCreateResponse, created).room_id
    await bob.join(room_id)
    await alice.knows_members(room_id, [alice.user_id, bob.user_id])
    await alice.say(room_id, "sealed")
    await bob.hears(room_id, "sealed")
    assert bob.events(room_id, nio.RoomMessageText)[-1].decrypted


async def test_clear_text_is_refused_in_a_private_chat(people: People) -> None:
    alice, bob = await people.nio("alice"), await people.nio("bob")
    room_id = await meet(alice, bob)
    room = alice.client.rooms[room_id]
    room.encrypted = False  # As with an app that has overlooked that the room is encrypted.
    content = {"msgtype": "m.text", "body": "in clear"}
    refused = expect(nio.RoomSendError, await alice.client.room_send(room_id, "m.room.message", content))
    assert refused.status_code == "M_FORBIDDEN"
    room.encrypted = True
    await alice.say(room_id, "sealed")
    await bob.hears(room_id, "sealed")
    assert [text for _, text in await bob.heard(room_id)] == ["sealed"]
