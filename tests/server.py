"""A whole server in this process, and people who talk to it through its front door: HTTP requests without a socket."""

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from msgspec import Struct, json

from amanat.app import Amanat, Clock, Mode
from amanat.config import Config
from amanat.db.sqlite import SqliteDatabase
from amanat.store.data_folder import DataFolder
from tests.edge.asking import ask

MEGOLM = "m.megolm.v1.aes-sha2"


class Reply(Struct):
    """An answer: its status and its JSON."""

    status: int
    json: Any

    @property
    def errcode(self) -> str:
        """Return the errcode of a refusal."""
        code: str = self.json["errcode"]
        return code


class FakeClock:
    """Time that passes when a test says so."""

    def __init__(self) -> None:
        self.ms = 1_700_000_000_000
        self.look_ms = 1
        """How long it takes to look at the clock, so that ids differ; 0 lets time stand still."""

    def now_ms(self) -> int:
        """Return the time."""
        self.ms += self.look_ms
        return self.ms

    def pass_ms(self, ms: int) -> None:
        """Let time pass."""
        self.ms += ms


class Person:
    """Somebody on one device. The methods named after HTTP's take a path below `/_matrix/client/v3`, or a whole one."""

    def __init__(self, server: "Server", *, user_id: str, device_id: str, token: str) -> None:
        self.server = server
        self.user_id = user_id
        self.device_id = device_id
        self.token = token
        self._transactions = itertools.count(1)

    async def get(self, path: str, **query: Any) -> Reply:
        """GET."""
        return await self.server.request("GET", path, query=query, token=self.token)

    async def put(self, path: str, body: Any = None) -> Reply:
        """PUT."""
        return await self.server.request("PUT", path, body=body, token=self.token)

    async def post(self, path: str, body: Any = None, **query: Any) -> Reply:
        """POST."""
        return await self.server.request("POST", path, body=body, query=query, token=self.token)

    async def delete(self, path: str, body: Any = None, **query: Any) -> Reply:
        """DELETE."""
        return await self.server.request("DELETE", path, body=body, query=query, token=self.token)

    async def create_room(self, **body: Any) -> str:
        """Create a room, private unless `preset` says otherwise, and return its id."""
        reply = await self.post("/createRoom", {"preset": "private_chat"} | body)
        assert reply.status == 200, reply.json
        room_id: str = reply.json["room_id"]
        return room_id

    async def invite(self, room_id: str, user_id: str) -> None:
        """Invite somebody."""
        reply = await self.post(f"/rooms/{quote(room_id)}/invite", {"user_id": user_id})
        assert reply.status == 200, reply.json

    async def join(self, room_id: str) -> None:
        """Join a room."""
        reply = await self.post(f"/rooms/{quote(room_id)}/join", {})
        assert reply.status == 200, reply.json

    async def leave(self, room_id: str) -> None:
        """Leave a room."""
        reply = await self.post(f"/rooms/{quote(room_id)}/leave", {})
        assert reply.status == 200, reply.json

    async def send(self, room_id: str, text: str, *, event_type: str = "m.room.encrypted", **more: Any) -> str:
        """Send a message, as ciphertext unless `event_type` says otherwise, and return its id."""
        content = {"msgtype": "m.text", "body": text} if event_type == "m.room.message" else ciphertext(text)
        path = f"/rooms/{quote(room_id)}/send/{event_type}/t{next(self._transactions)}"
        reply = await self.put(path, content | more)
        assert reply.status == 200, reply.json
        event_id: str = reply.json["event_id"]
        return event_id

    async def set_state(self, room_id: str, event_type: str, content: Any, *, state_key: str = "") -> Reply:
        """Set a piece of state."""
        return await self.put(f"/rooms/{quote(room_id)}/state/{event_type}/{quote(state_key, safe='')}", content)

    async def sync(self, since: str | None = None, **query: Any) -> Any:
        """Sync once, without waiting, and return the answer."""
        asked = {"timeout": 0} | ({} if since is None else {"since": since}) | query
        reply = await self.get("/sync", **asked)
        assert reply.status == 200, reply.json
        return reply.json


class Server:
    """A server on data of its own, with a clock that tests move."""

    def __init__(self, amanat: Amanat, clock: FakeClock) -> None:
        self.amanat = amanat
        self.clock = clock

    async def user(self, name: str, **more: Any) -> Person:
        """Register somebody and return them on their first device."""
        body = {"username": name, "password": f"{name}'s long password", "auth": {"type": "m.login.dummy"}}
        reply = await self.request("POST", "/register", body=body | more)
        assert reply.status == 200, reply.json
        return self._person(reply.json)

    async def newcomer(self, handle: str) -> Person:
        """Make an account as the operator does, where registration is not open, and sign its owner in."""
        await self.amanat.account_administration.create(handle, password=f"{handle}'s long password")
        return await self.login(handle)

    async def login(self, name: str, **more: Any) -> Person:
        """Sign somebody in on another device."""
        body = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": name},
            "password": f"{name}'s long password",
        }
        reply = await self.request("POST", "/login", body=body | more)
        assert reply.status == 200, reply.json
        return self._person(reply.json)

    def _person(self, signed_in: Any) -> Person:
        return Person(
            self, user_id=signed_in["user_id"], device_id=signed_in["device_id"], token=signed_in["access_token"]
        )

    async def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Mapping[str, Any] | None = None,
        token: str | None = None,
    ) -> Reply:
        """Make one request; `body` is JSON, or bytes that are sent as they are."""
        target = path if path.startswith(("/_matrix", "/_amanat", "/.well-known")) else f"/_matrix/client/v3{path}"
        if query:
            target += "?" + "&".join(f"{name}={quote(_query(value), safe='')}" for name, value in query.items())
        sent = body if isinstance(body, bytes) else b"" if body is None else json.encode(body)
        answered = await ask(
            self.amanat.client_app, method, target, body=sent, token=token, headers={"Host": "localhost"}
        )
        return Reply(answered.status, json.decode(answered.body) if answered.body else None)


def _query(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.encode(value).decode() if isinstance(value, dict) else str(value)


def ciphertext(text: str) -> dict[str, Any]:
    """Return an encrypted message as clients send one; the text only makes it differ from others."""
    return {
        "algorithm": MEGOLM,
        "ciphertext": "AwgAEn" + text.encode().hex(),
        "device_id": "DEVICE",
        "sender_key": "A" * 43,
        "session_id": "B" * 43,
    }


async def start(
    folder: Path, *, gate: bool = True, database: str | None = None, mode: Mode = Mode.LAB, **settings: Any
) -> Server:
    """Open a server on the data in `folder`; `gate=False` leaves the gate open, as a lab may.

    On SQLite too, it refuses what PostgreSQL would: a read that no unit has declared.
    """
    clock = FakeClock()
    config = Config(data=str(folder), database=database, **settings)
    portable = SqliteDatabase(DataFolder(config).database, portable=True) if database is None else None
    amanat = Amanat(config, mode=mode, gate=gate, clock=Clock(now_ms=clock.now_ms), database=portable)
    await amanat.open()
    return Server(amanat, clock)
