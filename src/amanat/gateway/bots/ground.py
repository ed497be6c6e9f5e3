"""What the parts of one bot stand on: its store, its device, its API, a clock and chance."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct

from amanat.db.tx import Tx
from amanat.gateway.bots.api import Api, Me
from amanat.gateway.bots.delivery.webhook_setting import WebhookSetting
from amanat.gateway.bots.dues import Dues
from amanat.gateway.bots.groups.group_model import Act
from amanat.gateway.bots.groups.group_state import GroupState
from amanat.gateway.bots.waiters import Waiters
from amanat.gateway.spooling import Content, Opened, Spool
from amanat.gateway.store.store import GatewayStore

NUMBER_BITS: Final = 52
"""Of the numbers of people, groups and files: what every client of either API holds without loss."""


class Device(Protocol):
    """The bot's device, as far as its parts need it. What cannot be had raises `NotNow`."""

    def say(self, tx: Tx, room_id: str, *, txn_id: str, event_type: str, content: dict[str, Any]) -> None:
        """Put something to be said, encrypted, in the unit of whatever it follows from."""
        ...

    async def on_its_way(self, room_id: str) -> str | None:
        """Return the transaction of the bot's that the server may have done and the device does not know of yet."""
        ...

    async def members(self, room_id: str) -> Sequence[str]:
        """Return who else is in a room, or invited."""
        ...

    async def shared_number(self, user_id: str) -> str | None:
        """Return the number of somebody who lets the bot read it, in E.164; None where that is nothing, or not now."""
        ...

    async def still_share(self, user_ids: Sequence[str]) -> frozenset[str] | None:
        """Return who of some people lets the bot read their number; None where the server cannot be asked now."""
        ...

    async def upload(self, content: Content) -> dict[str, Any]:
        """Lock a file and leave it with the server; return its `EncryptedFile`."""
        ...

    async def download(self, file: Mapping[str, Any]) -> bytes | None:
        """Fetch and open a file; None where that is not possible any more."""
        ...

    async def fetch(self, file: Mapping[str, Any], *, spool: Spool) -> Opened | None:
        """Fetch a file into a spool, to be read piece by piece; None where that is not possible any more."""
        ...

    async def show_picture(self, content: bytes, *, mimetype: str) -> None:
        """Let the bot's account have a picture, which everybody can see."""
        ...

    async def show_typing(self, room_id: str, *, seconds: int) -> None:
        """Show that the bot writes, where that can be shown."""
        ...

    async def mark_read(self, room_id: str, event_id: str) -> None:
        """Let people see how far the bot has read, where that can be shown."""
        ...

    async def leave(self, room_id: str) -> None:
        """Leave a room for good."""
        ...

    async def group_state(self, room_id: str, /) -> GroupState:
        """Return the state of a room."""
        ...

    async def group_under(self, room_id: str, levels: Mapping[str, Any], /) -> GroupState | None:
        """Return a room as it stands under some power levels; None where the server says nothing of it any more."""
        ...

    async def join_link(self, room_id: str, /) -> str:
        """Return the link by which people ask to join a room."""
        ...

    async def set_state(self, room_id: str, event_type: str, /, *, content: dict[str, Any]) -> None:
        """Change a piece of a room's state; raises `NotAllowed`."""
        ...

    async def act_on(self, room_id: str, act: Act, /, *, user_id: str, reason: str = "") -> None:
        """Put somebody out of a room, or let them in, with a reason that they see; raises `NotAllowed`."""
        ...


class Ground(Struct, frozen=True, kw_only=True):
    """One bot's. `user_id`: its account; `secret`: see `Line.secret`; `webhook`: over the same store.

    `settled` wakes who waits for the server to have what the bot said, `settings` who shows people
    what an API keeps of its own, and which programs come in. `dues`: what is done at its time.
    `hears_groups`: whether it hears all that is said in groups, and not only what is meant for it.
    """

    store: GatewayStore
    webhook: WebhookSetting
    settled: Waiters
    settings: Waiters
    dues: Dues
    device: Device
    api: Api
    me: Me
    user_id: str
    secret: str
    hears_groups: bool = False
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000
    mint: Callable[[], int] = lambda: 1 + int.from_bytes(os.urandom(8)) % (2**NUMBER_BITS - 1)
