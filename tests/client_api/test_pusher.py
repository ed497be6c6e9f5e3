"""Pushers."""

from typing import Any

from tests.server import Server

PUSHER: dict[str, Any] = {
    "kind": "http",
    "app_id": "org.example.app",
    "pushkey": "key",
    "app_display_name": "App",
    "device_display_name": "Phone",
    "lang": "id",
    "data": {"url": "https://push.example.org/_matrix/push/v1/notify", "format": "event_id_only"},
}


async def test_a_pusher_is_set_listed_replaced_and_deleted(amanat: Server) -> None:
    alice = await amanat.user("alice")
    await alice.post("/pushers/set", PUSHER)
    await alice.post("/pushers/set", PUSHER | {"lang": "en"})

    assert (await alice.get("/pushers")).json == {"pushers": [PUSHER | {"lang": "en"}]}

    await alice.post("/pushers/set", {"kind": None, "app_id": "org.example.app", "pushkey": "key"})
    assert (await alice.get("/pushers")).json == {"pushers": []}


async def test_a_phone_that_changes_hands_pushes_for_its_new_owner_alone(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await alice.post("/pushers/set", PUSHER)
    await bob.post("/pushers/set", PUSHER)

    assert (await alice.get("/pushers")).json == {"pushers": []}
    assert len((await bob.get("/pushers")).json["pushers"]) == 1


async def test_one_phone_of_two_people_pushes_for_both_if_it_says_so(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    await alice.post("/pushers/set", PUSHER)
    await bob.post("/pushers/set", PUSHER | {"append": True})

    assert [len((await each.get("/pushers")).json["pushers"]) for each in (alice, bob)] == [1, 1]


async def test_a_pusher_goes_with_its_device(amanat: Server) -> None:
    alice = await amanat.user("alice")
    phone = await amanat.login("alice")
    await phone.post("/pushers/set", PUSHER)
    await alice.post("/pushers/set", PUSHER | {"pushkey": "other"})
    await phone.post("/logout", {})

    assert [each["pushkey"] for each in (await alice.get("/pushers")).json["pushers"]] == ["other"]


async def test_what_could_push_nothing_is_refused(amanat: Server) -> None:
    alice = await amanat.user("alice")

    async def refused(**change: Any) -> tuple[int, str]:
        reply = await alice.post("/pushers/set", PUSHER | change)
        return reply.status, reply.errcode

    assert await refused(kind="email") == (400, "M_INVALID_PARAM")
    assert await refused(data={}) == (400, "M_INVALID_PARAM")
    assert await refused(data={"url": "http://push.example.org/_matrix/push/v1/notify"}) == (400, "M_INVALID_PARAM")
    assert await refused(data={"url": "https://push.example.org/elsewhere"}) == (400, "M_INVALID_PARAM")
    assert await refused(data={"url": "https://[::1/_matrix/push/v1/notify"}) == (400, "M_INVALID_PARAM")
    assert await refused(app_id="x" * 65) == (400, "M_INVALID_PARAM")
    assert await refused(lang=None) == (400, "M_MISSING_PARAM")
    assert await refused(pushkey=1) == (400, "M_BAD_JSON")
