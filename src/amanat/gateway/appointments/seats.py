"""Which seat of a slot somebody gets: their own kind first, then anybody's, then those that are released. Pure.

Seats of a slot are numbered: first those for anybody, then those kept for groups, then those for walk-ins. A capacity
that is changed later leaves the appointments as they are.
"""

from collections import Counter as Tally
from collections.abc import Collection, Mapping

from msgspec import Struct

from amanat.gateway.appointments.settings import Channel, Counter
from amanat.gateway.appointments.slots import ANYBODY, WALK_IN, Slot


class Asker(Struct, frozen=True, kw_only=True):
    """Who wants a seat: by which channel, of which priority group if any."""

    channel: Channel
    group: str = ""


class Taken(Struct, frozen=True):
    """The seats of a day that are taken: of each slot by its start, and how many each channel has."""

    seats: Mapping[int, Collection[int]]
    by_channel: Mapping[str, int] = Tally()


def free_seat(counter: Counter, slot: Slot, *, taken: Taken, asker: Asker, released: bool) -> int | None:
    """Return the number of a seat that is free for somebody; `released` opens the groups' seats to everybody."""
    if taken.by_channel.get(asker.channel, 0) >= counter.per_day.get(asker.channel, 1_000_000):
        return None
    gone: Collection[int] = taken.seats.get(slot.starts_ms, ())
    free: dict[str, int] = {}
    for seat, kind in enumerate(slot.kinds):
        if seat not in gone:
            free.setdefault(kind, seat)
    own = WALK_IN if asker.channel == "walk_in" else asker.group
    for kind in (own, asker.group, ANYBODY, *(counter.priority if released else ())):
        if kind in free:
            return free[kind]
    return None
