"""Messages that disappear: which of a room's timers holds for an event, and when the event is due. Pure.

`id.amanat.retention` in a room's state sets a timer for what is sent after it. A message keeps the timer that it was
sent under: nobody makes older messages disappear by a new one, or keeps them by taking it away.
"""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct


class Timer(Struct, frozen=True):
    """What a room's retention became at a position; no `max_age_ms`: nothing disappears."""

    position: int
    max_age_ms: int | None


def timer_of(position: int, content: dict[str, Any]) -> Timer:
    """Read a timer from the content of its state event, which the gate has checked, or a redaction emptied."""
    max_age_ms = content.get("max_age_ms")
    return Timer(position, max_age_ms if type(max_age_ms) is int and max_age_ms > 0 else None)


def due_ts(timers: Sequence[Timer], *, position: int, ts: int) -> int | None:
    """Return when a message is to disappear, `None` if never; `timers` are in order."""
    held = [timer for timer in timers if timer.position < position]
    max_age_ms = held[-1].max_age_ms if held else None
    return None if max_age_ms is None else ts + max_age_ms


def begin(timers: Sequence[Timer], after: int) -> int | None:
    """Return after which position the next message that may disappear stands, `None` where there is none such."""
    for index, timer in enumerate(timers):
        ends = timers[index + 1].position if index + 1 < len(timers) else None
        if timer.max_age_ms is not None and (ends is None or after < ends):
            return max(after, timer.position)
    return None
