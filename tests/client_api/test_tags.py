"""Tags on rooms."""

from urllib.parse import quote

from tests.server import Person, Server


def _tags(person: Person, room_id: str, tag: str = "") -> str:
    return f"/user/{quote(person.user_id)}/rooms/{quote(room_id, safe='')}/tags" + (f"/{tag}" if tag else "")


async def test_a_tag_is_put_moved_told_and_taken_off(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    since = (await alice.sync())["next_batch"]
    await alice.put(_tags(alice, room, "m.favourite"), {"order": 0.5})
    await alice.put(_tags(alice, room, "u.work"), {})
    await alice.put(_tags(alice, room, "m.favourite"), {"order": 0.25})

    assert (await alice.get(_tags(alice, room))).json == {"tags": {"m.favourite": {"order": 0.25}, "u.work": {}}}
    told = (await alice.sync(since))["rooms"]["join"][room]["account_data"]["events"]
    assert told == [{"type": "m.tag", "content": {"tags": {"m.favourite": {"order": 0.25}, "u.work": {}}}}]

    assert (await alice.delete(_tags(alice, room, "m.favourite"))).status == 200
    assert (await alice.delete(_tags(alice, room, "m.favourite"))).status == 200
    assert (await alice.get(_tags(alice, room))).json == {"tags": {"u.work": {}}}


async def test_nobody_sees_anothers_tags(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    room = await alice.create_room()
    await alice.put(_tags(alice, room, "u.work"), {})

    assert (await bob.get(_tags(alice, room))).errcode == "M_FORBIDDEN"
    assert (await bob.get(_tags(bob, room))).json == {"tags": {}}
    assert (await bob.put(_tags(bob, room, "u.work"), {})).errcode == "M_FORBIDDEN"


async def test_what_is_no_tag_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()

    far = await alice.put(_tags(alice, room, "u.x"), {"order": 1.5})
    wrong = await alice.put(_tags(alice, room, "u.x"), {"order": "first"})
    malformed = await alice.put(_tags(alice, room, "u.x"), b"{")
    long = await alice.put(_tags(alice, room, "u" * 256), {})

    assert (far.status, far.errcode) == (400, "M_INVALID_PARAM")
    assert (wrong.status, wrong.errcode) == (400, "M_BAD_JSON")
    assert (malformed.status, malformed.errcode) == (400, "M_NOT_JSON")
    assert (long.status, long.errcode) == (400, "M_INVALID_PARAM")


async def test_tags_written_as_account_data_in_another_shape_do_no_harm(amanat: Server) -> None:
    alice = await amanat.user("alice")
    room = await alice.create_room()
    data = f"/user/{alice.user_id}/rooms/{quote(room, safe='')}/account_data/m.tag"
    await alice.put(data, {"tags": ["u.work"]})

    assert (await alice.get(_tags(alice, room))).json == {"tags": {}}
    assert (await alice.put(_tags(alice, room, "u.work"), {})).status == 200
