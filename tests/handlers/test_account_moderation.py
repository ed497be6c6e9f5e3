"""Accounts that the operator has suspended or locked: what is left to their owners, at once and until it is lifted."""

from typing import Any

import pytest

from amanat.handlers.operator_acts import OPERATOR
from tests.client_api.polls import parked
from tests.server import Person, Server, start

PUBLIC = {"preset": "public_chat"}


async def suspend(amanat: Server, person: Person, *, suspended: bool = True) -> None:
    await amanat.amanat.moderation.set_suspended(person.user_id, suspended, by=OPERATOR)


async def lock(amanat: Server, person: Person, *, locked: bool = True) -> None:
    await amanat.amanat.moderation.set_locked(person.user_id, locked, by=OPERATOR)


async def test_somebody_suspended_reads_and_leaves(on_both: Server) -> None:
    ani, budi = await on_both.user("ani"), await on_both.user("budi")
    room, other = await ani.create_room(**PUBLIC), await ani.create_room(**PUBLIC)
    await budi.join(room)
    mine = await budi.send(room, "mine")
    await suspend(on_both, budi)

    await ani.send(room, "seen")
    assert room in (await budi.sync())["rooms"]["join"]
    assert (await budi.put(f"/rooms/{room}/redact/{mine}/r1", {})).status == 200
    assert (await budi.post(f"/rooms/{room}/receipt/m.read/{mine}", {})).status == 200
    assert (await on_both.login("budi")).device_id
    assert (await budi.post(f"/rooms/{room}/leave", {})).status == 200
    assert (await budi.post(f"/rooms/{other}/join", {})).errcode == "M_USER_SUSPENDED"
    assert (await budi.post("/logout", {})).status == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "/rooms/ROOM/send/m.room.encrypted/t1", {}),
        ("PUT", "/rooms/ROOM/state/m.room.topic", {"topic": "x"}),
        ("POST", "/rooms/ROOM/invite", {"user_id": "@carol:localhost"}),
        ("POST", "/rooms/ROOM/kick", {"user_id": "@ani:localhost"}),
        ("POST", "/rooms/ROOM/ban", {"user_id": "@ani:localhost"}),
        ("POST", "/rooms/ROOM/upgrade", {"new_version": "12"}),
        ("POST", "/join/ROOM", {}),
        ("POST", "/knock/ROOM", {}),
        ("POST", "/createRoom", {}),
        ("PUT", "/rooms/ROOM/typing/ME", {"typing": True}),
        ("PUT", "/profile/ME/displayname", {"displayname": "x"}),
        ("DELETE", "/profile/ME/displayname", None),
        ("PUT", "/directory/room/%23a:localhost", {"room_id": "ROOM"}),
        ("POST", "/_matrix/media/v3/upload", {}),
        ("PUT", "/rooms/ROOM/redact/THEIRS/r1", {}),
    ],
)
async def test_somebody_suspended_does_not_act(amanat: Server, method: str, path: str, body: Any) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    room = await ani.create_room(**PUBLIC)
    await budi.join(room)
    theirs = await ani.send(room, "theirs")
    await suspend(amanat, budi)

    path = path.replace("ROOM", room).replace("ME", budi.user_id).replace("THEIRS", theirs)
    refused = await amanat.request(method, path, body=body, token=budi.token)

    assert (refused.status, refused.errcode) == (403, "M_USER_SUSPENDED")


async def test_what_was_suspended_acts_again_when_that_is_lifted(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await suspend(amanat, ani)
    assert (await ani.post("/createRoom", {})).errcode == "M_USER_SUSPENDED"
    await suspend(amanat, ani, suspended=False)
    assert await ani.create_room()


async def test_a_locked_account_can_log_out_and_nothing_else(on_both: Server) -> None:
    ani, laptop = await on_both.user("ani"), await on_both.login("ani", refresh_token=True)
    await lock(on_both, ani)

    refused = await ani.get("/account/whoami")
    assert (refused.status, refused.errcode, refused.json["soft_logout"]) == (401, "M_USER_LOCKED", True)
    assert (await ani.get("/sync")).errcode == "M_USER_LOCKED"
    assert (await ani.post("/logout", {})).status == 200
    assert (await laptop.post("/logout/all", {})).status == 200


async def test_nobody_signs_in_to_a_locked_account(amanat: Server) -> None:
    body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": "ani"}}
    body["password"] = "ani's long password"
    ani = await amanat.user("ani")
    refreshable = (await amanat.request("POST", "/login", body=body | {"refresh_token": True})).json
    await lock(amanat, ani)

    assert (await amanat.request("POST", "/login", body=body)).errcode == "M_USER_LOCKED"
    refresh = {"refresh_token": refreshable["refresh_token"]}
    assert (await amanat.request("POST", "/refresh", body=refresh)).errcode == "M_USER_LOCKED"

    await lock(amanat, ani, locked=False)
    assert (await ani.get("/account/whoami")).status == 200
    assert (await amanat.request("POST", "/refresh", body=refresh)).status == 200


async def test_a_poll_that_waits_hears_of_the_lock_and_keeps_its_session(amanat: Server) -> None:
    ani = await amanat.user("ani")
    since = (await ani.sync())["next_batch"]
    poll = await parked(ani, since)

    await lock(amanat, ani)

    assert (await poll).errcode == "M_USER_LOCKED"
    await lock(amanat, ani, locked=False)
    assert (await ani.get("/account/whoami")).status == 200


async def test_a_lock_outlives_a_restart(tmp_path: Any) -> None:
    server = await start(tmp_path)
    ani = await server.user("ani")
    await lock(server, ani)
    await server.amanat.close()

    again = await start(tmp_path)
    ani.server = again
    assert (await ani.get("/account/whoami")).errcode == "M_USER_LOCKED"
    await again.amanat.close()


LEFT = frozenset(
    {
        "add3PID",
        "bind3PID",
        "changePassword",
        "claimKeys",
        "deactivateAccount",
        "defineFilter",
        "delete3pidFromAccount",
        "deleteDevice",
        "deleteDevices",
        "deletePushRule",
        "deleteRoomKeyBySessionId",
        "deleteRoomKeys",
        "deleteRoomKeysByRoomId",
        "deleteRoomKeysVersion",
        "deleteRoomTag",
        "forgetRoom",
        "generateLoginToken",
        "leaveRoom",
        "post3PIDs",
        "postPusher",
        "postReceipt",
        "postRoomKeysVersion",
        "putRoomKeyBySessionId",
        "putRoomKeys",
        "putRoomKeysByRoomId",
        "putRoomKeysVersion",
        "queryKeys",
        "queryPublicRooms",
        "redactEvent",
        "reportEvent",
        "reportRoom",
        "reportUser",
        "requestOpenIdToken",
        "searchUserDirectory",
        "sendToDevice",
        "setAccountData",
        "setAccountDataPerRoom",
        "setPushRule",
        "setPushRuleActions",
        "setPushRuleEnabled",
        "setReadMarker",
        "setRoomTag",
        "unbind3pidFromAccount",
        "updateDevice",
        "uploadCrossSigningKeys",
        "uploadCrossSigningSignatures",
        "uploadKeys",
    }
)
"""What changes something and is left to the suspended: reading, verifying, backing up, reporting, leaving."""


async def test_each_endpoint_that_changes_something_is_left_to_the_suspended_or_not(amanat: Server) -> None:
    """Whoever adds one thinks of them: it stands in the list above, or says `allows`."""
    routes = [
        bound.route for bound in amanat.amanat.client_app.routes if bound.route.auth == "required" and bound.route.spec
    ]
    assert {route.spec for route in routes if route.method != "GET" and route.allows == "suspended"} == LEFT
    assert {route.spec for route in routes if route.allows == "locked"} == {"logout", "logout_all"}
