"""Visits that nobody came to: after so many, nothing is booked for a while. Each counts for person and identity."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from amanat.db.tx import Need, Tx
from amanat.gateway.appointments.settings import DAY_MS, Service
from amanat.gateway.appointments.tables import STRIKES, Appointment, Strikes

MEMORY_MS: Final = 180 * DAY_MS
"""How long a missed visit counts."""


def needs(appointment: Appointment) -> list[Need]:
    """Return what counting reads."""
    return [(STRIKES, (subject, appointment.service)) for subject in _subjects(appointment)]


def add(tx: Tx, appointment: Appointment, *, service: Service, now_ms: int) -> None:
    """Count a missed visit; the last that is allowed begins the cool-down, and the counting anew."""
    for subject in _subjects(appointment) if service.strikes else ():
        before = tx.get(STRIKES, subject, service.name)
        count = (before.strikes if before else 0) + 1
        blocked = count >= service.strikes
        blocked_until_ms = now_ms + service.block_ms if blocked else before.blocked_until_ms if before else 0
        row = Strikes(
            subject=subject,
            service=service.name,
            strikes=0 if blocked else count,
            blocked_until_ms=blocked_until_ms,
            forget_ms=max(now_ms + MEMORY_MS, blocked_until_ms),
        )
        tx.put(STRIKES, row)


def forgive(tx: Tx, appointment: Appointment, *, service: Service, now_ms: int) -> None:
    """Take back what a visit counted that took place after all, or that the staff excuse.

    With it ends a cool-down, and those before that led to it count again: one more begins it anew.
    """
    for subject in _subjects(appointment):
        before = tx.get(STRIKES, subject, service.name)
        if before is None:
            continue
        in_cool_down = before.blocked_until_ms > now_ms and before.strikes == 0
        left = (service.strikes if in_cool_down else before.strikes) - 1
        if left > 0:
            tx.put(STRIKES, replace(before, strikes=left, blocked_until_ms=0))
        else:
            tx.delete(STRIKES, subject, service.name)


def _subjects(appointment: Appointment) -> Iterator[str]:
    return filter(None, (appointment.person, appointment.identity))
