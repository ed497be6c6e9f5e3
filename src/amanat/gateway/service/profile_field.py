"""A field of an account's profile, kept in step with what is to be read there."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final, Protocol

import structlog
from msgspec import Struct, to_builtins

from amanat.core.errors import InternalError
from amanat.gateway.bots.waiters import Waiters
from amanat.gateway.device.server_api import Refused, TryAgain

AGAIN_S: Final = 10.0

log = structlog.get_logger()


class Shows(Protocol):
    """The account whose profile people read."""

    async def profile_field(self, field: str) -> Mapping[str, Any]:
        """Return an object of the account's profile; empty if there is none."""
        ...

    async def set_profile_field(self, field: str, value: object) -> None:
        """Show something in the account's profile."""
        ...


class Field(Struct, frozen=True, kw_only=True):
    """What a field is called and tells. As long as there is none, `nothing` makes none.

    What changes without waking anybody is seen every `look_every_s`.
    """

    name: str
    tells: Callable[[], Awaitable[Struct]]
    nothing: Struct | None = None
    look_every_s: float | None = None


class ProfileField:
    """Keeps one field of one account. `look` is for whoever wants it to be so now; `keep_shown` at all times."""

    def __init__(self, shows: Shows, field: Field) -> None:
        self._shows = shows
        self._field = field
        self._shown: object = None
        self._was_refused = False

    async def see_to(self) -> float | None:
        """Look now; return in how many seconds to look again though nothing has changed, if at all."""
        return self._field.look_every_s if await self._has_looked() else AGAIN_S

    async def _has_looked(self) -> bool:
        try:
            await self.look()
        except (InternalError, TryAgain):
            return False
        except Refused as error:
            if not self._was_refused:
                log.warning("profile_field_not_shown", field=self._field.name, reason=str(error))
            self._was_refused = True
            return False
        self._was_refused = False
        return True

    async def look(self) -> None:
        """Show what is to be read now, if that is something else."""
        told = await self._field.tells()
        if self._shown is None:
            self._shown = await self._shows.profile_field(self._field.name)
        if to_builtins(told) != self._shown and (self._shown or told != self._field.nothing):
            await self._shows.set_profile_field(self._field.name, to_builtins(told))
            self._shown = to_builtins(told)


async def keep_shown(fields: Sequence[ProfileField], *, changed: Waiters) -> None:
    """Look at some fields of one account, now and whenever something has changed, until cancelled.

    Where that fails, again after a while. One task for all: a gateway has a thousand bots.
    """
    while True:
        seen = changed.generation
        pauses = [await each.see_to() for each in fields]
        await changed.wait(min((each for each in pauses if each is not None), default=None), since=seen)
