"""The sample office with its desk and without a device: what it would say is written down, and nobody is asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import quote

import httpx
from msgspec.structs import replace

from amanat.core.keyed_hash import subkey
from amanat.core.media import BINARY
from amanat.db.tx import Tx
from amanat.edge.server import Server, ServerRules, listen
from amanat.gateway.desk.app import Desk
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.errors import FileGone, FileNotTaken, FileTooLarge, ServerAway
from amanat.gateway.desk.inbox import Inbox
from amanat.gateway.desk.joints import Left, Upload
from amanat.gateway.desk.office import Office, Seat
from amanat.gateway.desk.reading import MAX_POSITION
from amanat.gateway.desk.staff import Role
from amanat.gateway.desk.tables import LINES_BEFORE
from amanat.gateway.device.attachments import lock, unlock
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.ground import ground, wall_clock_ms
from amanat.gateway.device.happenings import Outgoing
from amanat.gateway.device.server_api import Asks
from amanat.gateway.flows.session import Input, Said, Sent
from amanat.gateway.messages.attachments import Attached
from amanat.gateway.service import shelf
from amanat.gateway.service.desk_office import DeskGround, office_of
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.turns import Turns
from amanat.gateway.store.store import GatewayStore
from amanat.outbound.http import HttpAnswer, Unreachable
from tests.gateway.service.at_work import SAMPLE, Clock

ROOM = "!chat:localhost"
ANI = "@ani:localhost"
BUDI = "@budi:localhost"
SECRET = b"k" * 32


class _Nobody(Asks):
    """A server that does not answer."""

    async def ask(self, *_: object, **__: object) -> HttpAnswer:
        raise Unreachable("nobody is asked", maybe_received=False)


class Locker:
    """Where locked files lie, in place of a server: `full` takes no more, `away` answers nothing."""

    def __init__(self) -> None:
        self.stored: dict[str, bytes] = {}
        self.full = self.away = False

    async def open(self, file: Mapping[str, Any], *, most: int) -> bytes:
        if self.away:
            raise ServerAway
        if file["url"] not in self.stored:
            raise FileGone
        content = unlock(self.stored[file["url"]], file)
        if len(content) > most:
            raise FileTooLarge
        return content

    async def leave(self, upload: Upload) -> Left:
        if self.away:
            raise ServerAway
        if self.full:
            raise FileNotTaken
        file = self.put(upload.content)
        return Left(file=file, content={"body": upload.name, "msgtype": upload.mimetype, "file": file})

    def put(self, content: bytes) -> dict[str, Any]:
        """Leave a file, and return what opens it."""
        locked = lock(content)
        url = f"mxc://localhost/{len(self.stored)}"
        self.stored[url] = locked.content
        return {**locked.lock, "url": url}


class DeskOffice:
    """An office with a chat or more, and its staff. `said` is what its citizens would have been told."""

    def __init__(self, folder: Path, store: GatewayStore) -> None:
        self.folder = folder
        self.store = store
        self.clock = Clock()
        self.clock.set("2026-11-23 09:00")
        self.said: list[Outgoing] = []
        folder.mkdir(exist_ok=True)
        shelf.publish(SAMPLE, folder)
        self.shelf = Shelf(folder, secret=subkey(SECRET, "appointments"))
        held = Credentials(
            homeserver="http://localhost:1", user_id="@office:localhost", device_id="D", access_token="t"
        )
        on = replace(ground(store, held, key=SECRET, asks=_Nobody()), now_ms=self.clock.now_ms)
        self.inbox = Inbox(changes=Changes(start=self.clock.now_ms()), now_ms=self.clock.now_ms)
        self.turns = Turns(self.shelf, staff=self.inbox, now_ms=self.clock.now_ms, mint=on.mint)
        self.turns.say = self._say
        self.turns.acts_came = lambda: None
        self.locker = Locker()
        self.office: Office = office_of(
            DeskGround(
                folder=folder,
                on=on,
                turns=self.turns,
                inbox=self.inbox,
                shelf=self.shelf,
                files=self.locker,
                speak=self._speak,
            )
        )
        self.acts = self.office.acts

    @property
    def told(self) -> list[str]:
        """What was said, in words."""
        return [outgoing.content["body"] for outgoing in self.said]

    async def hear(self, heard: Input, *, room_id: str = ROOM, person: str = ANI, file: Attached | None = None) -> None:
        """Let the person say something."""

        def run(tx: Tx) -> None:
            self.turns.take(tx, heard, room_id=room_id, person=person, file=file)

        await self.store.write(run, needs=self.turns.needs(room_id))

    async def is_sent(self, content: bytes, *, kind: Literal["picture", "voice", "file"] = "picture") -> int:
        """Let the person send a file; return the position of its line."""
        file = Attached(name="KTP 3171234567890123.png", caption="", size=len(content), file=self.locker.put(content))
        await self.hear(Sent(kind=kind), file=file)
        (line,) = await self.store.all(LINES_BEFORE, room_id=ROOM, before=MAX_POSITION, most=1)
        return line.position

    async def says(self, *texts: str, room_id: str = ROOM, person: str = ANI) -> None:
        """Let the person write texts."""
        for text in texts:
            await self.hear(Said(text=text), room_id=room_id, person=person)

    async def hands_over(self, room_id: str = ROOM, person: str = ANI) -> None:
        """Let the flow hand a chat to the staff."""
        await self.says("halo", "7", room_id=room_id, person=person)

    async def settle(self, outgoing: Outgoing, *, is_sent: bool) -> None:
        """Let the server have taken a message, or refused it."""
        room_id, txn_id = outgoing.room_id, outgoing.txn_id

        def run(tx: Tx) -> None:
            self.inbox.settle(tx, room_id, txn_id=txn_id, is_sent=is_sent)

        await self.store.write(run, needs=self.inbox.settle_needs(room_id, txn_id))

    def _say(self, tx: Tx, outgoing: Outgoing) -> None:
        tx.after_commit(lambda: self.said.append(outgoing))

    async def _speak(self, version: str) -> bool:
        self.shelf.speak(version)
        return True


class HasSeat(Protocol):
    """A service or a bot that the desk serves."""

    @property
    def office(self) -> Seat:
        """Its place at the desk."""
        ...


class Browser:
    """Somebody's browser at the desk, over a socket."""

    def __init__(self, url: str, *, token: str = "", service: str = "office") -> None:
        cookies = {"desk": token} if token else {}
        self.http = httpx.AsyncClient(base_url=url, cookies=cookies, trust_env=False, timeout=30)
        self.base = f"/desk/v1/services/{service}"
        self._origin = {"Origin": url}

    async def get(self, path: str, **query: str | int) -> httpx.Response:
        """GET below the service, or anywhere with a path from the root."""
        return await self.http.get(self._at(path), params=query or None)

    async def post(self, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """POST as the desk's own page does."""
        own = self._origin if headers is None else headers
        return await self.http.post(self._at(path), json={} if body is None else body, headers=own)

    async def send_file(self, content: bytes, *, kind: str = BINARY, **query: str | int) -> httpx.Response:
        """POST a file to the chat as the desk's own page does."""
        headers = self._origin | {"Content-Type": kind}
        return await self.http.post(self._at(f"{chat_of()}/files"), params=query, content=content, headers=headers)

    async def request(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """PUT or DELETE as the desk's own page does."""
        return await self.http.request(method, self._at(path), json={} if body is None else body, headers=self._origin)

    def _at(self, path: str) -> str:
        return path if path.startswith("/") else f"{self.base}/{path}"


class Served:
    """A desk that listens, and who signs in there."""

    def __init__(self, desk: Desk, url: str) -> None:
        self.desk = desk
        self.url = url
        self._offices: list[DeskOffice] = []
        self._browsers: list[Browser] = []

    def browser(self, user_id: str = "", *, role: Role | None = None, office: HasSeat | None = None) -> Browser:
        """Open a browser, signed in as somebody with a role in an office; without a name, as nobody."""
        if office is not None and role is not None:
            office.office.staff.put(user_id, role)
        token = self.desk.sessions.open(user_id, name="") if user_id else ""
        browser = Browser(self.url, token=token, service=office.office.id if office is not None else "office")
        self._browsers.append(browser)
        return browser

    async def close(self) -> None:
        """Let the browsers go."""
        for browser in self._browsers:
            await browser.http.aclose()


@asynccontextmanager
async def served(
    *offices: HasSeat,
    folder: Path,
    http: Callable[[], httpx.AsyncClient] = httpx.AsyncClient,
    now_ms: Callable[[], int] = wall_clock_ms,
) -> AsyncIterator[Served]:
    """Serve a desk on a free port; `folder` is that of its page, and `http` asks homeservers."""
    bound = listen("127.0.0.1", 0)
    url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    desk = Desk([each.office for each in offices], url=url, now_ms=now_ms, folder=folder, http=http)
    server = Server(desk.app, stopping=desk.stop, rules=ServerRules(grace_s=1))
    serving = asyncio.create_task(server.serve([bound]))
    held = Served(desk, url)
    try:
        yield held
    finally:
        await held.close()
        server.stop()
        await serving


def chat_of(room_id: str = ROOM) -> str:
    """Return a chat's path below its service."""
    return f"chats/{quote(room_id, safe='')}"
