"""The app's way to passkeys: whoever has a token alone neither adds nor removes one."""

from typing import Any

from tests.product.accounts.credentials.authenticator import Authenticator, Lies
from tests.server import Person, Reply, Server

PASSKEYS = "/_amanat/v1/passkeys"


def password(name: str) -> dict[str, Any]:
    return {
        "type": "m.login.password",
        "identifier": {"type": "m.id.user", "user": name},
        "password": f"{name}'s long password",
    }


async def options(person: Person, name: str) -> Any:
    reply = await person.server.request(
        "POST", f"{PASSKEYS}/options", body={"auth": password(name)}, token=person.token
    )
    assert reply.status == 200, reply.json
    return reply.json["options"]


async def call(person: Person, method: str, path: str, body: Any = None) -> Reply:
    return await person.server.request(method, path, body=body, token=person.token)


async def test_a_passkey_is_added_listed_and_removed(amanat: Server) -> None:
    ani = await amanat.user("ani")
    key = Authenticator()
    made = {"credential": key.create(await options(ani, "ani"), Lies()), "name": "HP Ani"}
    added = await call(ani, "POST", PASSKEYS, made)
    assert (added.status, added.json["id"], added.json["prf"]) == (200, key.id, True)
    listed = await call(ani, "GET", PASSKEYS)
    assert [passkey["name"] for passkey in listed.json["passkeys"]] == ["HP Ani"]
    removed = await call(ani, "POST", f"{PASSKEYS}/{key.id}/remove", {"auth": password("ani")})
    assert removed.status == 200
    assert (await call(ani, "GET", PASSKEYS)).json == {"rp_id": "localhost", "passkeys": []}


async def test_a_token_alone_does_not_change_passkeys(amanat: Server) -> None:
    ani = await amanat.user("ani")
    key = Authenticator()
    made = {"credential": key.create(await options(ani, "ani"), Lies()), "name": "HP Ani"}
    assert (await call(ani, "POST", PASSKEYS, made)).status == 200
    for path in (f"{PASSKEYS}/options", f"{PASSKEYS}/{key.id}/remove"):
        refused = await call(ani, "POST", path, {})
        assert (refused.status, refused.json["flows"]) == (401, [{"stages": ["m.login.password"]}])


async def test_what_one_session_asked_for_no_other_answers(amanat: Server) -> None:
    ani = await amanat.user("ani")
    other = await amanat.login("ani")
    made = {"credential": Authenticator().create(await options(ani, "ani"), Lies()), "name": "HP"}
    refused = await call(other, "POST", PASSKEYS, made)
    assert (refused.status, refused.errcode) == (403, "ID.AMANAT_PASSKEY_REFUSED")


async def test_bad_input_is_told(amanat: Server) -> None:
    ani = await amanat.user("ani")
    bad: list[Any] = [{}, {"credential": []}, {"credential": {}, "name": ""}, {"credential": {}, "name": "x" * 65}]
    for body in bad:
        assert (await call(ani, "POST", PASSKEYS, body)).errcode == "M_BAD_JSON"
    assert (await call(ani, "POST", PASSKEYS, {"credential": {}, "name": "HP"})).status == 403
    assert (await call(ani, "POST", f"{PASSKEYS}/!/remove", {})).status == 404
    assert (await amanat.request("GET", PASSKEYS)).status == 401
