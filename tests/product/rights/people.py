"""Somebody who uses everything, with a marker in each thing that the server keeps of them."""

import secrets
from typing import Any

from amanat.product.accounts.phone.codes import Phone
from tests.client_api.keys import publish
from tests.client_api.media import upload
from tests.product.ledger.partners import admit, allow
from tests.server import Person, Server


class Marked:
    """A person, and every marker that was planted with them, by what it was planted in."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.markers: dict[str, str] = {}

    def mark(self, what: str) -> str:
        """Mint a marker that stands for itself alone."""
        self.markers[what] = f"mk{secrets.token_hex(8)}"
        return self.markers[what]


async def prove(person: Person, path: str, **body: Any) -> Any:
    """Ask for something that needs the password."""
    asked = await person.post(path, body)
    assert asked.status == 401, asked.json
    name = person.user_id[1:].partition(":")[0]
    auth = {"type": "m.login.password", "session": asked.json["session"], "password": f"{name}'s long password"}
    return await person.post(
        path, body | {"auth": auth | {"identifier": {"type": "m.id.user", "user": person.user_id}}}
    )


async def everything(amanat: Server, name: str = "ani") -> Marked:
    """Register somebody who does all that leaves a trace."""
    budi = await amanat.user(f"friend-of-{name}")
    person = await amanat.user(name, initial_device_display_name="first phone")
    marked = Marked(person)
    await _profile(marked, "old ")
    room = await budi.create_room()
    await budi.invite(room, person.user_id)
    await person.join(room)
    await _profile(marked)
    sent = await budi.send(room, "hello")
    await person.post(f"/rooms/{room}/receipt/m.read/{sent}", {})
    await person.send(room, "hello, too")
    await person.post(f"/rooms/{room}/report", {"reason": marked.mark("report")})
    await _settings(marked, room)
    await _keys(marked)
    await _media(marked)
    partner = await admit(amanat)
    await allow(person, partner)
    assert (await partner.read(person.user_id, purpose=marked.mark("purpose"))).status == 200
    return marked


async def _profile(marked: Marked, when: str = "") -> None:
    person = marked.person
    for field in ("displayname", "org.example.motto"):
        reply = await person.put(f"/profile/{person.user_id}/{field}", {field: marked.mark(f"{when}{field}")})
        assert reply.status == 200, reply.json
    await person.server.amanat.jobs.done("profile_spread", person.user_id)
    await person.put(f"/devices/{person.device_id}", {"display_name": marked.mark(f"{when}device")})
    await person.server.amanat.accounts.set_handle(person.user_id, marked.mark(f"{when}handle"))


async def _settings(marked: Marked, room: str) -> None:
    person = marked.person
    mine = f"/user/{person.user_id}"
    for path in (f"{mine}/account_data/org.example", f"{mine}/rooms/{room}/account_data/org.example"):
        await person.put(path, {"value": marked.mark(f"old {path}")})
        await person.put(path, {"value": marked.mark(path)})
    await person.put(f"{mine}/rooms/{room}/tags/u.{marked.mark('tag')}", {})
    await person.post(f"{mine}/filter", {"room": {"rooms": [f"!{marked.mark('filter')}:localhost"]}})
    rule = {"actions": ["notify"], "pattern": marked.mark("push rule")}
    await person.put("/pushrules/global/content/mine", rule)
    pusher = {
        "kind": "http",
        "app_id": "org.example",
        "pushkey": marked.mark("pusher"),
        "app_display_name": "Example",
        "device_display_name": "Phone",
        "lang": "id",
        "data": {"url": "https://push.example.org/_matrix/push/v1/notify"},
    }
    assert (await person.post("/pushers/set", pusher)).status == 200


async def _keys(marked: Marked) -> None:
    person = marked.person
    algorithm = "m.megolm_backup.v1.curve25519-aes-sha2"
    backup = {
        "algorithm": algorithm,
        "auth_data": {"public_key": "A" * 43, "signatures": {}, "x": marked.mark("backup")},
    }
    version = (await person.post("/room_keys/version", backup)).json["version"]
    session = {"first_message_index": 0, "forwarded_count": 0, "is_verified": False}
    session_data = {"ciphertext": marked.mark("backed-up key")}
    assert (
        await person.put(f"/room_keys/keys/!r/{'B' * 43}?version={version}", session | {"session_data": session_data})
    ).status == 200
    published = await publish(person, keys=["AAAAAA", "AAAAAB"], fallback="AAAAAC")
    marked.markers["device key"] = published["keys"][f"curve25519:{person.device_id}"]
    ciphertext = {"C" * 43: {"type": 0, "body": marked.mark("to-device")}}
    olm = {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "C" * 43, "ciphertext": ciphertext}
    to_device = {"messages": {person.user_id: {"*": olm}}}
    await person.put("/sendToDevice/m.room.encrypted/t1", to_device)


async def _media(marked: Marked) -> None:
    person = marked.person
    name, content = marked.mark("file name"), marked.mark("file")
    avatar = await upload(person, content.encode(), name=name)
    assert (await person.put(f"/profile/{person.user_id}/avatar_url", {"avatar_url": avatar})).status == 200
    marked.markers["avatar"] = avatar.rpartition("/")[2]


async def give_number(amanat: Server, person: Person, number: str) -> Phone:
    """Link a number, as entering the right code would."""
    phones = amanat.amanat.phone.phones
    phone = Phone(number_hash=phones.hash_of(number), number=number)
    needs = phones.needs(person.user_id, phone)
    await amanat.amanat.store.write(lambda tx: phones.link(tx, phone, user_id=person.user_id), needs=needs)
    return phone
