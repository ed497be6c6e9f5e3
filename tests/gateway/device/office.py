"""A service over a device, as small as one can be: it answers what it hears, and remembers what it was told of."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import httpx

from amanat.db.database import Database
from amanat.db.tx import Need, Tx
from amanat.gateway.device.credentials import Credentials
from amanat.gateway.device.device import DEFAULT, Policy, ServiceDevice
from amanat.gateway.device.ground import Ground, ground
from amanat.gateway.device.happenings import Happening, Outgoing, Received
from amanat.gateway.device.server_api import Asks
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from amanat.gateway.store.store import GatewayStore

T = TypeVar("T")
O = TypeVar("O", bound="Office")

PATIENCE_S = 20.0


async def register(url: str, name: str) -> Credentials:
    """Make an account with one device, as `service create` does."""
    body = {"username": name, "password": "correct horse battery staple", "auth": {"type": "m.login.dummy"}}
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        answer = await client.post(f"{url}/_matrix/client/v3/register", json=body)
    made = answer.raise_for_status().json()
    return Credentials(
        homeserver=url, user_id=made["user_id"], device_id=made["device_id"], access_token=made["access_token"]
    )


class Echo:
    """Keeps what it was told; answers each text with the same words, unless it is to be `quiet`."""

    def __init__(self) -> None:
        self.device: ServiceDevice
        self.quiet = False
        self.told: list[Happening] = []
        self._happened = asyncio.Event()

    async def needs(self, happening: Happening) -> Sequence[Need]:
        return []

    def handle(self, happening: Happening, tx: Tx) -> None:
        tx.after_commit(lambda: self._note(happening))
        if isinstance(happening, Received) and happening.type == "m.room.message" and not self.quiet:
            self.device.say(tx, answer_to(happening))

    @property
    def received(self) -> list[Received]:
        """Everything that somebody said or did."""
        return [happening for happening in self.told if isinstance(happening, Received)]

    @property
    def texts(self) -> list[str]:
        """What was said, in the order in which it came."""
        return [received.content["body"] for received in self.received if received.type == "m.room.message"]

    def _note(self, happening: Happening) -> None:
        self.told.append(happening)
        self._happened.set()

    async def until(self, find: Callable[[], T | None], what: str) -> T:
        """Look again after each happening until there is something to find."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while (found := find()) is None:
                    self._happened.clear()
                    await self._happened.wait()
        except TimeoutError:
            raise AssertionError(f"in vain: {what}; told of {self.told}") from None
        return found

    async def hears(self, text: str) -> Received:
        """Wait for a message with that text."""

        def find() -> Received | None:
            return next((each for each in self.received if each.content.get("body") == text), None)

        return await self.until(find, f"hears {text!r}")

    async def told_of(self, kind: type[T]) -> T:
        """Wait for a kind of happening."""
        return await self.until(
            lambda: next((each for each in self.told if isinstance(each, kind)), None), kind.__name__
        )


def answer_to(received: Received) -> Outgoing:
    """Return the echo of a message."""
    content = {"msgtype": "m.text", "body": f"You said: {received.content.get('body')}"}
    return Outgoing(room_id=received.room_id, txn_id=f"echo.{received.event_id}", content=content)


class Office:
    """A service that runs in this process until it is closed."""

    def __init__(self, *, store: GatewayStore, on: Ground, policy: Policy) -> None:
        self.store = store
        self.ground = on
        self.echo = Echo()
        self.device = self.echo.device = ServiceDevice(on, handler=self.echo, policy=policy)
        self.vouched = ""
        self.folder = Path()
        self._closed = False
        self._running: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls: type[O],
        credentials: Credentials,
        folder: Path,
        *,
        asks: Asks,
        database: Database | None = None,
        policy: Policy = DEFAULT,
    ) -> O:
        """Open a service's data and start its device."""
        stamp = ServiceStamp(server_name=credentials.server_name, user_id=credentials.user_id, created_ts=1)
        kept = ServiceFolder(folder)
        kept.prepare(stamp)
        store = GatewayStore(database or kept.database())
        await store.open(stamp)
        on = ground(store, credentials, key=kept.make_key(), asks=asks)
        office = cls(store=store, on=on, policy=policy)
        office.folder = folder
        try:
            office.vouched = await office.device.open()
        except BaseException:
            await office.close()
            raise
        office._running = asyncio.create_task(office.device.run())
        await office._first_sync()
        return office

    async def _first_sync(self) -> None:
        assert self._running is not None
        synced = asyncio.ensure_future(self.device.synced.wait())
        await asyncio.wait({synced, self._running}, timeout=PATIENCE_S, return_when=asyncio.FIRST_COMPLETED)
        synced.cancel()
        if self._running.done():
            self._running.result()

    @property
    def user_id(self) -> str:
        return self.ground.credentials.user_id

    @property
    def has_ended(self) -> bool:
        """Whether the device has stopped by itself."""
        return self._running is not None and self._running.done()

    async def say(self, room_id: str, text: str, *, txn_id: str = "") -> None:
        """Say something that follows from nothing."""
        content = {"msgtype": "m.text", "body": text}
        outgoing = Outgoing(room_id=room_id, txn_id=txn_id or f"said.{text}", content=content)
        await self.store.write(lambda tx: self.device.say(tx, outgoing))

    async def ended(self) -> None:
        """Wait until the device stops by itself, and raise why."""
        assert self._running is not None
        running, self._running = self._running, None
        await running

    async def close(self) -> None:
        """Stop, as a signal would."""
        if self._closed:
            return
        self._closed = True
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})
        await self.store.close()
