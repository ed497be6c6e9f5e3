"""The prepared world: people, rooms, events, keys and files, so that requests find something; and its names.

It is made through the front door, so each answer on the way is judged like any other.
"""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote

from amanat.edge.app import App
from amanat.edge.incoming import Incoming
from amanat.edge.request import Request
from amanat.edge.responses import JSON_HEADERS, Answer, Response
from amanat.product.ledger.partners import NewPartner
from tests.client_api.backups import begin, key
from tests.client_api.keys import Identity, publish
from tests.client_api.media import picture, upload
from tests.server import Person, Server
from tools.conformance.judge import Exchange
from tools.conformance.names import fill

TEXT: Final = "m.room.message"
WINDOW: Final = {"room": {"timeline": {"limit": 5}, "state": {"lazy_load_members": True}}}
PUSHER: Final[dict[str, Any]] = {
    "kind": "http",
    "app_id": "org.example.app",
    "pushkey": "key",
    "app_display_name": "App",
    "device_display_name": "Phone",
    "profile_tag": "work",
    "lang": "id",
    "data": {"url": "https://push.example.org/_matrix/push/v1/notify", "format": "event_id_only"},
}


class _Overheard:
    """What a client sends, remembered as far as it is read."""

    def __init__(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self.read_of_it: list[bytes] = []

    async def read(self, deadline: float) -> bytes:
        """Read the next piece."""
        self.read_of_it.append(await self._incoming.read(deadline))
        return self.read_of_it[-1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._incoming, name)


class Witness:
    """Stands before the application and shows each exchange to the judge."""

    def __init__(self, application: App[Any], *, hear: Callable[[Exchange], None]) -> None:
        self._application = application
        self._hear = hear
        self.routes = application.routes

    async def __call__(self, request: Request) -> Answer | None:
        """Let one request through."""
        overheard = _Overheard(request.incoming)
        request.incoming = overheard  # type: ignore[assignment]  # it stands before
        answer = await self._application(request)
        assert answer is not None
        body = answer.body if isinstance(answer, Response) else b"".join([piece async for piece in answer.chunks])
        headers = JSON_HEADERS if answer.headers is None else answer.headers
        self._hear(
            Exchange(
                method=request.method,
                target=request.target,
                sent=b"".join(overheard.read_of_it),
                status=answer.status,
                headers={name.decode(): value.decode() for name, value in headers},
                body=b"" if request.method == "HEAD" else body,
            )
        )
        return Response(answer.status, body, [header for header in headers if header[0] != b"content-length"])


class World:
    """Alice and Bob, who share rooms, and Carol, who is in none of theirs. Its number tells it from others here."""

    def __init__(self, server: Server, number: int) -> None:
        self._server = server
        self._number = number
        self.people: dict[str, Person] = {}
        self.ids: dict[str, str] = {}

    async def build(self) -> None:
        """Make everything."""
        await self._people()
        await self._rooms()
        await self._messages()
        await self._settings()
        await self._files()
        synced = await self.people["alice"].sync()
        timeline = synced["rooms"]["join"][self.ids["!private"]]["timeline"]
        self.ids |= {"SINCE": synced["next_batch"], "BEFORE": timeline["prev_batch"]}

    async def is_whole(self) -> bool:
        """Whether Alice and Bob are signed in, and still where they were."""
        needed = {self.ids["!private"], self.ids["!public"]}
        for name in ("alice", "bob"):
            reply = await self.people[name].get("/joined_rooms")
            if reply.status != 200 or not needed <= set(reply.json["joined_rooms"]):
                return False
        return True

    def path(self, path: str) -> str:
        """Put the real ids into a path, and into its query."""
        head, _, query = path.partition("?")
        filled = "/".join(quote(fill(part, self.ids), safe="") for part in head.split("/"))
        pairs = [pair.partition("=") for pair in query.split("&") if pair]
        values = "&".join(f"{name}={quote(fill(value, self.ids), safe='')}" for name, _, value in pairs)
        return filled + (f"?{values}" if values else "")

    async def _people(self) -> None:
        for name in ("alice", "bob", "carol"):
            person = await self._server.user(f"{name}{self._number}")
            self.people[name] = person
            self.ids |= {f"@{name}": person.user_id, f"*{name}": f"{name}{self._number}'s long password"}
            await publish(person, keys=["AAAAAA", "AAAAAB", "AAAAAC"], fallback="AAAAAF")
        await self._operator()
        alice = self.people["alice"]
        spare = await self._server.login(f"alice{self._number}", initial_device_display_name="Spare")
        await publish(spare)
        await self._must(alice.post("/keys/device_signing/upload", Identity(alice).upload()))
        self.ids |= {"DEVICE": alice.device_id, "SPARE": spare.device_id}
        self.ids |= {"#public": f"#public{self._number}:localhost", "#free": f"#free{self._number}:localhost"}

    async def _operator(self) -> None:
        """Make an administrator, and admit a partner."""
        amanat, name = self._server.amanat, f"head{self._number}"
        await amanat.account_administration.create(name, password=f"{name}'s long password", is_admin=True)
        self.people["head"] = head = await self._server.login(name)
        partner_id, token = await amanat.own_data.partners.create(
            NewPartner(name="Kantor", scopes=["profile.basic"], days=1, reads_per_day=1000)
        )
        self.people["partner"] = Person(self._server, user_id=head.user_id, device_id="", token=token)
        self.ids |= {"PARTNER": partner_id, "SCOPE": "profile.basic"}

    async def _rooms(self) -> None:
        alice, bob, ids = self.people["alice"], self.people["bob"], self.ids
        invited = {"invite": [bob.user_id]}
        ids["!private"] = await alice.create_room(name="Family", topic="Only us", **invited)
        ids["!public"] = await alice.create_room(
            preset="public_chat", room_alias_name=f"public{self._number}", visibility="public", name="Town", **invited
        )
        ids["!space"] = await alice.create_room(
            preset="public_chat", name="All", creation_content={"type": "m.space"}, **invited
        )
        ids["!invites"] = await bob.create_room(name="Come", invite=[alice.user_id])
        ids["!left"] = await alice.create_room(name="Past")
        ids["!knock"] = await bob.create_room(
            initial_state=[{"type": "m.room.join_rules", "state_key": "", "content": {"join_rule": "knock"}}]
        )
        for room in ("!private", "!public", "!space"):
            await bob.join(ids[room])
        await self._must(
            alice.set_state(ids["!space"], "m.space.child", {"via": ["localhost"]}, state_key=ids["!public"])
        )
        await alice.leave(ids["!left"])

    async def _messages(self) -> None:
        alice, bob, ids = self.people["alice"], self.people["bob"], self.ids
        private, public = ids["!private"], ids["!public"]
        ids["$hello"] = await alice.send(private, "hello")
        ids["$root"] = await bob.send(private, "what I say next")
        thread: dict[str, Any] = {"m.relates_to": {"rel_type": "m.thread", "event_id": ids["$root"]}}
        ids["$threaded"] = await alice.send(private, "in the thread", **thread)
        ids["$redacted"] = await alice.send(private, "gone")
        await self._must(alice.put(self.path("/rooms/!private/redact/$redacted/gone"), {}))
        reaction = {"rel_type": "m.annotation", "event_id": ids["$hello"], "key": "\N{THUMBS UP SIGN}"}
        await self._must(bob.put(self.path("/rooms/!private/send/m.reaction/like"), {"m.relates_to": reaction}))
        ids["$said"] = await bob.send(public, f"hello {alice.user_id}", event_type=TEXT, **_mentioning(alice))
        edit: dict[str, Any] = {"m.new_content": {"msgtype": "m.text", "body": "hi"}}
        edit |= {"m.relates_to": {"rel_type": "m.replace", "event_id": ids["$said"]}}
        await bob.send(public, "* hi", event_type=TEXT, **edit)
        named = await alice.set_state(public, "m.room.name", {"name": "Our town"})
        ids["$name"] = named.json["event_id"]
        for number in range(6):
            await bob.send(private, f"more {number}")

    async def _settings(self) -> None:
        alice, bob, ids = self.people["alice"], self.people["bob"], self.ids
        made = await alice.post(self.path("/user/@alice/filter"), WINDOW)
        ids["FILTER"] = made.json["filter_id"]
        ids["BACKUP"] = await begin(alice)
        sessions = {ids["!private"]: {"sessions": {"session": key()}}}
        await self._must(alice.put(f"/room_keys/keys?version={ids['BACKUP']}", {"rooms": sessions}))
        await self._must(alice.put(self.path("/user/@alice/account_data/org.example.setting"), {"dark": True}))
        await self._must(alice.put(self.path("/user/@alice/rooms/!private/account_data/org.example.setting"), {"a": 1}))
        await self._must(alice.put(self.path("/user/@alice/rooms/!private/tags/u.work"), {"order": 0.5}))
        await self._must(alice.put(self.path("/profile/@alice/displayname"), {"displayname": "Alice"}))
        loud = {"actions": ["notify", {"set_tweak": "sound", "value": "default"}], "pattern": "hello"}
        await self._must(alice.put("/pushrules/global/content/loud", loud))
        await self._must(alice.put("/pushrules/global/override/loud", {"actions": ["notify"], "conditions": []}))
        await self._must(alice.post("/pushers/set", PUSHER))
        await self._must(bob.put(self.path("/rooms/!private/typing/@bob"), {"typing": True, "timeout": 30_000}))
        await self._must(bob.post(self.path("/rooms/!private/receipt/m.read/$hello"), {}))
        to_device = {"messages": {alice.user_id: {"*": sealed()}}}
        await self._must(bob.put("/sendToDevice/m.room.encrypted/hello", to_device))

    async def _files(self) -> None:
        alice = self.people["alice"]
        for name, data, kind in (("FILE", b"bytes", "text/plain"), ("PICTURE", picture((64, 64)), "image/png")):
            address = await upload(alice, data, kind=kind, name=f"{name.lower()}.png")
            self.ids[name] = address.rpartition("/")[2]

    async def _must(self, request: Any) -> None:
        reply = await request
        assert reply.status == 200, reply.json


def sealed() -> dict[str, Any]:
    """Return a message to a device, as clients encrypt it."""
    message = {"type": 0, "body": "AwogAAAA"}
    return {"algorithm": "m.olm.v1.curve25519-aes-sha2", "sender_key": "A" * 43, "ciphertext": {"B" * 43: message}}


def _mentioning(person: Person) -> dict[str, Any]:
    return {"m.mentions": {"user_ids": [person.user_id]}}
