from typing import Any
from urllib.parse import quote

import pytest

from tests.core.key_statement_vectors import build
from tests.server import Person, Reply, Server

HIDDEN = (404, "M_NOT_FOUND")


def _path(person: Person, field: str | None = None) -> str:
    return f"/profile/{quote(person.user_id)}" + ("" if field is None else f"/{field}")


async def _set(person: Person, field: str, value: Any) -> Reply:
    return await person.put(_path(person, field), {field: value})


def _refusal(reply: Reply) -> tuple[int, str]:
    return reply.status, reply.errcode


async def _strangers(serving: Server) -> tuple[Person, Person]:
    """Two people whose ids are random, with handles."""
    return await serving.newcomer("ani"), await serving.newcomer("budi")


async def test_a_person_sets_and_sees_their_profile(amanat: Server) -> None:
    ani = await amanat.user("ani")
    fields = {
        "displayname": "Ani 🌺",
        "avatar_url": "mxc://localhost/abc",
        "m.tz": "Asia/Jakarta",
        "org.example.pet": {"name": "Kucing", "age": 3, "owner": None},
    }
    for field, value in fields.items():
        assert (await _set(ani, field, value)).json == {}
        assert (await ani.get(_path(ani, field))).json == {field: value}
    assert (await ani.get(_path(ani))).json == fields | {"id.amanat.handle": "ani"}


async def test_a_field_is_removed(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await _set(ani, "m.tz", "UTC")
    await _set(ani, "displayname", "Ani")
    assert (await ani.delete(_path(ani, "m.tz"))).json == {}
    assert (await ani.delete(_path(ani, "m.tz"))).json == {}
    assert (await _set(ani, "displayname", "")).json == {}
    assert (await ani.get(_path(ani))).json == {"id.amanat.handle": "ani"}
    assert _refusal(await ani.get(_path(ani, "m.tz"))) == HIDDEN


async def test_nobody_sets_the_profile_of_another(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    assert _refusal(await ani.put(_path(budi, "displayname"), {"displayname": "x"})) == (403, "M_FORBIDDEN")
    assert _refusal(await ani.delete(_path(budi, "displayname"))) == (403, "M_FORBIDDEN")


@pytest.mark.parametrize(
    ("field", "body", "errcode"),
    [
        ("displayname", {}, "M_MISSING_PARAM"),
        ("displayname", [], "M_BAD_JSON"),
        ("displayname", {"displayname": 3}, "M_BAD_JSON"),
        ("displayname", {"displayname": "x" * 257}, "M_INVALID_PARAM"),
        ("avatar_url", {"avatar_url": "https://example.org/a.png"}, "M_INVALID_PARAM"),
        ("nickname", {"nickname": "x"}, "M_INVALID_PARAM"),
        ("org.example." + "x" * 255, {"org.example." + "x" * 255: 1}, "M_KEY_TOO_LARGE"),
        ("org.example.big", {"org.example.big": "x" * 65_536}, "M_PROFILE_TOO_LARGE"),
        ("id.amanat.handle", {"id.amanat.handle": "not a handle"}, "M_INVALID_USERNAME"),
        ("id.amanat.key_holders", {"id.amanat.key_holders": {"v": 1}}, "M_INVALID_PARAM"),
    ],
)
async def test_what_a_field_cannot_hold_is_refused(amanat: Server, field: str, body: Any, errcode: str) -> None:
    ani = await amanat.user("ani")
    reply = await ani.put(_path(ani, field), body)
    assert _refusal(reply) == (400, errcode)


async def test_a_service_says_who_runs_its_devices(serving: Server) -> None:
    service, citizen = await _strangers(serving)
    published = build()[0]["published"]
    assert (await _set(service, "id.amanat.key_holders", published)).status == 200
    # Whoever may write to it is told before they do, and nothing else is shown to them.
    told = await citizen.get(_path(service, "id.amanat.key_holders"))
    assert told.json == {"id.amanat.key_holders": published}
    assert _refusal(await citizen.get(_path(service))) == HIDDEN
    assert _refusal(await citizen.get(_path(service, "displayname"))) == HIDDEN
    assert _refusal(await service.get(_path(citizen, "id.amanat.key_holders"))) == HIDDEN


async def test_the_whole_profile_has_a_limit(amanat: Server) -> None:
    ani = await amanat.user("ani")
    half = "x" * 32_000
    assert (await _set(ani, "org.example.one", half)).status == 200
    assert (await _set(ani, "org.example.two", half)).status == 200
    assert (await _set(ani, "org.example.three", half)).errcode == "M_PROFILE_TOO_LARGE"
    assert (await _set(ani, "org.example.two", half)).status == 200


# Who sees it


async def test_a_stranger_sees_nothing_and_cannot_tell_that_there_is_somebody(serving: Server) -> None:
    ani, budi = await _strangers(serving)
    hidden = await budi.get(_path(ani))
    nobody = await budi.get("/profile/%40nobody%3Alocalhost")
    assert _refusal(hidden) == HIDDEN
    assert hidden.json == nobody.json


async def test_without_a_token_nobody_sees_a_profile(amanat: Server) -> None:
    ani = await amanat.user("ani")
    assert _refusal(await amanat.request("GET", _path(ani))) == (403, "M_FORBIDDEN")


async def test_whoever_is_in_a_room_with_somebody_or_invited_sees_them(serving: Server) -> None:
    ani, budi = await _strangers(serving)
    await _set(ani, "displayname", "Ani")
    room = await ani.create_room(invite=[budi.user_id])
    for _ in range(2):
        assert (await budi.get(_path(ani, "displayname"))).json == {"displayname": "Ani"}
        await budi.join(room)
    await budi.leave(room)
    assert _refusal(await budi.get(_path(ani))) == HIDDEN


async def test_an_id_that_is_the_handle_is_seen_by_whoever_asks_for_it(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    assert (await budi.get(_path(ani))).json == {"id.amanat.handle": "ani"}
    await _set(ani, "id.amanat.handle", "ratna")
    assert _refusal(await budi.get(_path(ani))) == HIDDEN


# What rooms show


async def _member_event(person: Person, room: str, since: str) -> Any:
    events = (await person.sync(since))["rooms"]["join"][room]["timeline"]["events"]
    assert [event["type"] for event in events] == ["m.room.member"]
    return events[0]


async def test_rooms_show_a_new_name_and_picture(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    room = await ani.create_room(invite=[budi.user_id])
    await budi.join(room)
    for field, value in {"displayname": "Ani", "avatar_url": "mxc://localhost/abc"}.items():
        since = (await budi.sync())["next_batch"]
        await _set(ani, field, value)
        event = await _member_event(budi, room, since)
        assert event["state_key"] == ani.user_id
        assert event["content"][field] == value


async def test_rooms_hear_nothing_of_what_they_do_not_show_or_what_is_so_already(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await ani.create_room()
    await _set(ani, "displayname", "Ani")
    since = (await ani.sync())["next_batch"]
    await _set(ani, "displayname", "Ani")
    await _set(ani, "m.tz", "UTC")
    assert "rooms" not in await ani.sync(since)
