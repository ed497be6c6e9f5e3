from typing import Any

import pytest

from amanat.db.tx import Need, Tx
from amanat.handlers import device_management
from tests.server import Person, Reply, Server


async def _prove(person: Person, path: str, body: dict[str, Any], *, method: str = "POST") -> Reply:
    """Do what asks for the password, with the password."""
    ask = person.delete if method == "DELETE" else person.post
    asked = await ask(path, body)
    assert asked.status == 401, asked.json
    assert asked.json["flows"] == [{"stages": ["m.login.password"]}]
    return await ask(path, body | {"auth": _password(person, session=asked.json["session"])})


def _password(person: Person, **more: Any) -> dict[str, Any]:
    name = person.user_id[1:].partition(":")[0]
    identifier = {"type": "m.id.user", "user": person.user_id}
    return {"type": "m.login.password", "identifier": identifier, "password": f"{name}'s long password"} | more


async def _names(person: Person) -> set[str]:
    return {device["device_id"] for device in (await person.get("/devices")).json["devices"]}


async def test_a_person_sees_their_own_devices(amanat: Server) -> None:
    phone, _ = await amanat.user("ani"), await amanat.user("budi")
    laptop = await amanat.login("ani", initial_device_display_name="laptop")
    assert await _names(phone) == {phone.device_id, laptop.device_id}
    device = (await phone.get(f"/devices/{laptop.device_id}")).json
    assert device["display_name"] == "laptop"
    assert device["last_seen_ts"] % 3_600_000 == 0


async def test_a_device_can_be_renamed(amanat: Server) -> None:
    ani = await amanat.user("ani")
    path = f"/devices/{ani.device_id}"
    assert (await ani.put(path, {"display_name": "kitchen"})).json == {}
    assert (await ani.put(path, {})).status == 200
    assert (await ani.get(path)).json["display_name"] == "kitchen"


async def test_a_device_that_is_not_there_is_not_found(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    for path in ("/devices/NONE", f"/devices/{budi.device_id}"):
        assert (await ani.get(path)).errcode == "M_NOT_FOUND"
        assert (await ani.put(path, {"display_name": "x"})).errcode == "M_NOT_FOUND"


async def test_removing_a_device_asks_for_the_password_and_ends_its_token(amanat: Server) -> None:
    phone, laptop = await amanat.user("ani"), await amanat.login("ani")
    reply = await _prove(phone, f"/devices/{laptop.device_id}", {}, method="DELETE")
    assert (reply.status, reply.json) == (200, {})
    assert (await laptop.get("/account/whoami")).errcode == "M_UNKNOWN_TOKEN"
    assert await _names(phone) == {phone.device_id}


async def test_several_devices_are_removed_at_once_and_one_that_is_gone_is_passed_over(amanat: Server) -> None:
    phone, laptop, tablet = await amanat.user("ani"), await amanat.login("ani"), await amanat.login("ani")
    reply = await _prove(phone, "/delete_devices", {"devices": [laptop.device_id, tablet.device_id, "NONE", "\0"]})
    assert reply.status == 200
    assert await _names(phone) == {phone.device_id}


async def test_a_wrong_password_removes_nothing(amanat: Server) -> None:
    phone, laptop = await amanat.user("ani"), await amanat.login("ani")
    auth = _password(phone, password="wrong")
    refused = await phone.post("/delete_devices", {"devices": [laptop.device_id], "auth": auth})
    assert (refused.status, refused.errcode) == (401, "M_FORBIDDEN")
    assert refused.json["completed"] == []
    assert (await laptop.get("/account/whoami")).status == 200


async def test_the_password_of_somebody_else_removes_nothing(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    refused = await ani.post("/delete_devices", {"devices": [ani.device_id], "auth": _password(budi)})
    assert (refused.status, refused.errcode) == (401, "M_FORBIDDEN")


async def test_nobody_removes_the_devices_of_others(amanat: Server) -> None:
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    assert (await _prove(ani, "/delete_devices", {"devices": [budi.device_id]})).status == 200
    assert (await budi.get("/account/whoami")).status == 200


@pytest.mark.parametrize("body", [{}, {"devices": "A"}, {"devices": [1]}, {"devices": [], "auth": []}])
async def test_a_malformed_request_is_refused(amanat: Server, body: Any) -> None:
    ani = await amanat.user("ani")
    assert (await ani.post("/delete_devices", body)).errcode == "M_BAD_JSON"


async def test_what_others_keep_for_a_device_goes_with_it(amanat: Server) -> None:
    gone: list[tuple[str, str]] = []

    class Keeper:
        def needs(self, user_id: str, device_id: str) -> list[Need]:
            return []

        def remove(self, tx: Tx, user_id: str, *, device_id: str) -> None:
            tx.after_commit(lambda: gone.append((user_id, device_id)))

    amanat.amanat.devices.data.append(Keeper())
    ani = await amanat.user("ani")
    await ani.post("/logout")
    assert gone == [(ani.user_id, ani.device_id)]


async def test_the_device_unseen_for_the_longest_gives_way(amanat: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_management, "MAX_DEVICES", 2)
    first = await amanat.user("ani")
    second = await amanat.login("ani")
    third = await amanat.login("ani")
    assert await _names(third) == {second.device_id, third.device_id}
    assert (await first.get("/account/whoami")).status == 401
