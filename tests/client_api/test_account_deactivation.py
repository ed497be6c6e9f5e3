from typing import Any

from tests.server import Person, Reply, Server


async def _deactivate(person: Person, **more: Any) -> Reply:
    asked = await person.post("/account/deactivate", more)
    assert asked.status == 401
    name = person.user_id[1:].partition(":")[0]
    auth = {"type": "m.login.password", "session": asked.json["session"], "password": f"{name}'s long password"}
    auth["identifier"] = {"type": "m.id.user", "user": person.user_id}
    return await person.post("/account/deactivate", more | {"auth": auth})


async def _cleared(amanat: Server, user_id: str) -> None:
    await amanat.amanat.jobs.done("account_deactivation", user_id)


async def test_nobody_gets_into_an_account_that_has_ended(amanat: Server) -> None:
    phone, laptop = await amanat.user("ani"), await amanat.login("ani")
    reply = await _deactivate(phone)
    assert (reply.status, reply.json) == (200, {"id_server_unbind_result": "success"})
    for device in (phone, laptop):
        assert (await device.get("/account/whoami")).errcode == "M_UNKNOWN_TOKEN"
    body = {"type": "m.login.password", "user": "ani", "password": "ani's long password"}
    assert (await amanat.request("POST", "/login", body=body)).errcode == "M_FORBIDDEN"


async def test_the_id_is_never_given_out_again(amanat: Server) -> None:
    await _deactivate(await amanat.user("ani"))
    again = await amanat.request("POST", "/register", body={"username": "ani", "auth": {"type": "m.login.dummy"}})
    assert again.errcode == "M_USER_IN_USE"


async def test_who_has_gone_leaves_their_rooms_and_their_invitations(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    joined, invited = await budi.create_room(), await budi.create_room()
    for room in (joined, invited):
        await budi.invite(room, ani.user_id)
    await ani.join(joined)
    await _deactivate(ani)
    await _cleared(amanat, ani.user_id)
    synced = await budi.sync()
    for room in (joined, invited):
        members = [event for event in synced["rooms"]["join"][room]["timeline"]["events"] if "state_key" in event]
        assert (members[-1]["state_key"], members[-1]["content"]) == (ani.user_id, {"membership": "leave"})


async def test_who_has_gone_is_not_found(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await ani.put(f"/profile/{ani.user_id}/displayname", {"displayname": "Ani"})
    await _deactivate(ani)
    assert (await budi.get(f"/profile/{ani.user_id}")).errcode == "M_NOT_FOUND"
    assert (await budi.post("/user_directory/search", {"search_term": "ani"})).json["results"] == []


async def test_that_what_was_said_shall_be_erased_is_kept(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await _deactivate(ani, erase=True)
    await _deactivate(budi)
    kept = [await amanat.amanat.accounts.get(person.user_id) for person in (ani, budi)]
    assert [account is not None and account.erased for account in kept] == [1, 0]


async def test_the_devices_go_too(amanat: Server) -> None:
    ani = await amanat.user("ani")
    await _deactivate(ani)
    await _cleared(amanat, ani.user_id)
    assert await amanat.amanat.devices.list(ani.user_id) == []


async def test_without_the_password_the_account_goes_on(amanat: Server) -> None:
    ani = await amanat.user("ani")
    auth = {"type": "m.login.password", "password": "wrong"}
    assert (await ani.post("/account/deactivate", {"auth": auth})).errcode == "M_FORBIDDEN"
    assert (await ani.post("/account/deactivate", {"erase": "yes"})).errcode == "M_BAD_JSON"
    assert (await ani.get("/account/whoami")).status == 200


async def test_an_account_without_a_password_is_ended_by_a_dummy_in_a_lab(amanat: Server) -> None:
    made = await amanat.request("POST", "/register", body={"auth": {"type": "m.login.dummy"}})
    body = {"auth": {"type": "m.login.dummy"}}
    ended = await amanat.request("POST", "/account/deactivate", body=body, token=made.json["access_token"])
    assert ended.status == 200
