"""What a flow may ask of appointments: the effects it emits, and what their arguments mean."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from msgspec import Struct

from amanat.db.tx import Unit
from amanat.gateway.appointments.booking import Booking
from amanat.gateway.appointments.case import Outcome
from amanat.gateway.appointments.settings import Agenda
from amanat.gateway.appointments.wishes import Answer, Keys, Wish

KINDS: Final = ("hold", "book", "find", "move", "cancel", "wait")
"""The kinds of effects that are ours."""

KNOWN: Final = ("day", "time", "place", "priority", "number")
"""Arguments with a meaning of their own. One more is the service's `identity`; what it `asks` is kept for the staff."""


class Asked(Struct, frozen=True, kw_only=True):
    """An effect of a flow, and whose flow it is.

    `request` is the effect's own for ever, such as chat and effect; `seed` is 16 random bytes.
    """

    kind: str
    target: str
    arguments: Mapping[str, str]
    request: str
    person: str
    chat: str
    language: str
    seed: bytes


def act(booking: Booking, asked: Asked, *, now_ms: int) -> Unit[Outcome]:
    """Return the unit of an effect: its answer's `outcome` and `values` go back to the flow.

    `None` means that a lot will be drawn: the answer is a notice of `Clock.due` then. What no office could understand
    is answered with `error`.
    """
    wish = wish_of(booking.agenda, asked, keys=booking.keys)
    if wish is None:
        return Unit(lambda _: Answer(outcome="error"), ())
    match asked.kind:
        case "hold" | "book":
            return booking.book(wish, now_ms=now_ms)
        case "find":
            return booking.find(wish, now_ms=now_ms)
        case "move":
            return booking.move(wish, now_ms=now_ms)
        case "cancel":
            return booking.cancel(wish, now_ms=now_ms)
        case "wait":
            return booking.wait(wish, now_ms=now_ms)
    raise ValueError(f"'{asked.kind}' is no effect of appointments.")


def wish_of(agenda: Agenda, asked: Asked, *, keys: Keys) -> Wish | None:
    """Return what is wished; `None` if there is no such service or place, or the day is none."""
    arguments = asked.arguments
    service = agenda.services.get(asked.target)
    place, day = arguments.get("place", ""), arguments.get("day", "")
    if service is None or not agenda.counters_of(service, place):
        return None
    try:
        wanted = date.fromisoformat(day) if day else None
    except ValueError:
        return None
    return Wish(
        request=asked.request,
        service=asked.target,
        person=keys.person(asked.person),
        seed=asked.seed,
        hold=asked.kind == "hold",
        number=arguments.get("number", ""),
        chat=asked.chat,
        language=asked.language,
        day=wanted,
        time=arguments.get("time", "").replace(".", ":"),
        place=place,
        identity=keys.identity(arguments.get(service.identity, "")) if service.identity else "",
        priority=arguments.get("priority", ""),
        details={name: arguments[name] for name in service.asks if arguments.get(name)},
    )
