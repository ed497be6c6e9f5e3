"""What the desk serves: a service or a bot, with its data, its staff, and the joints to the rest of its gateway."""

from collections.abc import Callable

from msgspec import Struct

from amanat.core.identifiers import server_of
from amanat.gateway.desk import trail
from amanat.gateway.desk.acts import Acts
from amanat.gateway.desk.bot_joints import BotProgram
from amanat.gateway.desk.changes import Changes
from amanat.gateway.desk.file_acts import FileActs
from amanat.gateway.desk.joints import Days, Editing, Names, Speech, Tickets
from amanat.gateway.desk.looks import Looks
from amanat.gateway.desk.staff import Staff
from amanat.gateway.store.store import GatewayStore


class Seat(Struct, frozen=True, kw_only=True):
    """What both are. `id`: the name of its folder; `homeserver`: the address at which the gateway reaches it."""

    id: str
    user_id: str
    homeserver: str
    store: GatewayStore
    staff: Staff
    changes: Changes
    names: Names
    now_ms: Callable[[], int]

    @property
    def server_name(self) -> str:
        """The server whose people may be of the staff."""
        return server_of(self.user_id)

    async def note(self, member: str, what: trail.What, *, about: str) -> None:
        """Note an act that is not part of a unit of its own."""
        now_ms = self.now_ms()
        await self.store.write(lambda tx: trail.note(tx, member, what=what, about=about, now_ms=now_ms))


class Office(Seat, frozen=True, kw_only=True):
    """A service, which talks by itself until it hands over."""

    acts: Acts
    speech: Speech
    files: FileActs
    tickets: Tickets
    editing: Editing
    days: Callable[[], Days | None]
    """None while nothing can be booked: that may change with what is published."""


class BotOffice(Seat, frozen=True, kw_only=True):
    """A bot, for which a program talks."""

    program: BotProgram
    looks: Looks
