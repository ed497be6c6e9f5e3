"""One service's device, whole: what it is made of, and its life."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping, Set
from hashlib import sha256
from typing import Any, Final

import structlog
from msgspec import Struct

from amanat.core.error_groups import first_error
from amanat.core.errors import InternalError
from amanat.db.tx import Tx
from amanat.gateway.device import attachments
from amanat.gateway.device.account import OwnAccount, Vouched
from amanat.gateway.device.device_lists import DeviceLists
from amanat.gateway.device.forgetting import Forgetting
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.happenings import Handler, Outgoing
from amanat.gateway.device.inbox import Inbox
from amanat.gateway.device.letters import Letters
from amanat.gateway.device.olm import OlmChannels
from amanat.gateway.device.outbox import Outbox
from amanat.gateway.device.reading import Reader
from amanat.gateway.device.recovery import Recovery
from amanat.gateway.device.server_api import TryAgain
from amanat.gateway.device.sharing import Sharing
from amanat.gateway.device.sync_loop import SyncLoop
from amanat.gateway.device.tables import RoomRow
from amanat.gateway.device.telling import Teller
from amanat.gateway.device.to_device import ToDeviceOutbox
from amanat.gateway.device.upkeep import Upkeep
from amanat.gateway.device.vouching import Answers
from amanat.gateway.signals import Signal
from amanat.gateway.spooling import Content, Opened, Spool
from amanat.outbound.connection import Flow

RETRY_S: Final = 2.0

log = structlog.get_logger()


class Policy(Struct, frozen=True, kw_only=True):
    """What a service decides for itself."""

    answers: Answers = "writers"
    refuses: Callable[[RoomRow], str | None] = lambda _: None
    """Why to decline an invitation, in words for whoever invited; one to a room that is not encrypted always is."""
    reads: bool = False
    """Whether it is told how far people have read (`Seen`)."""


DEFAULT: Final = Policy()


class ServiceDevice:
    """A device that reads and says what a service reads and says.

    `open` once, then `run` until the service is to stop. `handler` is told of what happens; `say` puts what is to be
    said into its unit, or into one of anybody else's: a reminder, an answer of a member of staff.
    """

    def __init__(self, ground: Ground, *, handler: Handler, policy: Policy = DEFAULT) -> None:
        teller = Teller(ground, handler)
        self._api = ground.api
        self._own = OwnAccount(ground)
        channels = OlmChannels(ground, self._own)
        self._lists = DeviceLists(ground)
        sharing = Sharing(ground, self._own, channels=channels, lists=self._lists, answers=policy.answers)
        self._outbox = Outbox(ground, sharing=sharing, to_device=ToDeviceOutbox(ground), teller=teller)
        self._inbox = Inbox(
            ground, reader=Reader(ground, self._lists), letters=Letters(ground, channels), teller=teller
        )
        self._sync = SyncLoop(ground, own=self._own, lists=self._lists, inbox=self._inbox, reads=policy.reads)
        self._upkeep = Upkeep(
            ground,
            recovery=Recovery(ground, channels),
            forgetting=Forgetting(ground),
            teller=teller,
            refuses=policy.refuses,
        )
        self._inbox.broken = self._inbox.unread = self._upkeep.wake
        self._inbox.heard = self._heard
        self._sync.changed = self._changed
        self._sync.back = self._outbox.try_again
        # The database failed, and what it did not tell of may be on disk all the same: whoever is woken by what is
        # written has to look.
        ground.store.recovered += [self._inbox.came, self._outbox.look_everywhere, self._upkeep.wake]

    async def open(self) -> Vouched:
        """Load the device's keys, or make and publish them the first time; return whether its owner vouches for it.

        Raises `WrongDevice` and `DamagedKeys` rather than be another device than before, `LoggedOut`, and `TryAgain`
        if the server cannot be asked.
        """
        vouched = await self._own.open()
        identity = self._own.identity
        log.info("device_opened", user_id=identity.user_id, device_id=identity.device_id, owner=vouched)
        return vouched

    async def run(self) -> None:
        """Sync, handle and send until cancelled; raises `LoggedOut`, after which nothing is to be done."""
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._sync.work())
                tasks.create_task(_until_it_works(self._inbox.work))
                tasks.create_task(_until_it_works(self._own.keep_topped_up))
                tasks.create_task(self._outbox.work())
                tasks.create_task(self._upkeep.work())
        except BaseExceptionGroup as group:
            raise first_error(group) from None

    def tell_of_groups(self, look: Callable[[Set[str]], None]) -> None:
        """Have `look` called with each room in which somebody has come or gone."""
        self._sync.moved = look

    @property
    def synced(self) -> Signal:
        """Set once everything that the server had to tell at the start is here."""
        return self._sync.synced

    @property
    def ed25519(self) -> str:
        """The device's fingerprint."""
        return self._own.identity.ed25519

    def say(self, tx: Tx, outgoing: Outgoing) -> None:
        """Put something to be said, in the unit of whatever it follows from."""
        self._outbox.put(tx, outgoing)

    async def upload(self, content: Content) -> dict[str, Any]:
        """Lock a file, leave it with the server, and return the `EncryptedFile` that whoever is to open it is sent.

        Nothing is kept of it here: what is killed before a message names it is done again, and leaves a file with the
        server that nobody can open. Raises `TryAgain`, `Refused` and `LoggedOut`.
        """
        if isinstance(content, Spool):
            return await self._upload(content)
        locked = attachments.lock(content)
        return {**locked.lock, "url": await self._api.upload(locked.content)}

    async def _upload(self, spool: Spool) -> dict[str, Any]:
        """Lock a file while it is sent: it is never in memory as a whole."""
        locking = attachments.Locking()

        async def locked() -> AsyncIterator[bytes]:
            async for piece in spool.pieces():
                yield locking.update(piece)

        address = await self._api.upload(Flow(len(spool), locked()))
        return {**locking.lock, "url": address}

    async def download(self, file: Mapping[str, Any]) -> bytes:
        """Fetch and open a file that somebody sent, of which `file` is the `EncryptedFile`.

        Raises `NotOpened`, `TryAgain`, `Refused` and `LoggedOut`.
        """
        content = await self._api.download(str(file.get("url")))
        return await asyncio.to_thread(attachments.unlock, content, file)

    async def fetch(self, file: Mapping[str, Any], *, spool: Spool) -> Opened:
        """Fetch a file into a spool, locked as it comes, and return what opens it; raises as `download` does."""
        opening = attachments.Opening(file)
        await self._api.fetch(str(file.get("url")), into=spool.write)
        came = sha256()
        async for piece in spool.pieces():
            came.update(piece)
        opening.check(came.digest())

        async def opened() -> AsyncGenerator[bytes, None]:
            decrypt = opening.decryptor()
            async for piece in spool.pieces():
                yield decrypt(piece)

        return Opened(len(spool), opened)

    async def accept_identity(self, user_id: str) -> bool:
        """Take a person's changed identity for theirs, as somebody who asked them has said; `False` if it has not."""
        accepted = await self._lists.accept_identity(user_id)
        self._outbox.look_again(room_ids=(), user_ids={user_id})
        return accepted

    def _heard(self, room_id: str) -> None:
        self._outbox.look_again(room_ids={room_id}, user_ids=set())

    def _changed(self, room_ids: Set[str], user_ids: Set[str]) -> None:
        self._upkeep.wake()
        self._outbox.look_again(room_ids=room_ids, user_ids=user_ids)


async def _until_it_works(work: Callable[[], Awaitable[None]]) -> None:
    """Go on after the server, or the database, could not be asked."""
    while True:
        try:
            await work()
        except TryAgain as error:
            log.warning("server_away", reason=str(error))
            await asyncio.sleep(max(RETRY_S, error.after_s or 0.0))
        except InternalError as error:
            log.warning("database_away", reason=str(error))
            await asyncio.sleep(RETRY_S)
