"""The first minute of a release: requests are collected, and drawn when it is over.

A person's lot is a keyed hash: the same however often or early they ask, and known to nobody before.
"""

from amanat.db.tx import Need, Tx
from amanat.gateway.appointments import window
from amanat.gateway.appointments.settings import MINUTE_MS, Place, Service
from amanat.gateway.appointments.tables import LOTS, Lot
from amanat.gateway.appointments.wishes import Keys, Wish, encode


class Lottery:
    """The draw that a wish may have to wait for."""

    def __init__(self, wish: Wish, service: Service, *, place: Place, keys: Keys, now_ms: int) -> None:
        self._wish = wish
        self._service = service
        self._place = place
        self._keys = keys
        self._now_ms = now_ms

    @property
    def needs(self) -> list[Need]:
        """Return what is read of it."""
        if self._wish.day is None:
            return []
        return [(LOTS, (self._service.name,), 1), (LOTS, self._key())]

    def is_open(self, tx: Tx) -> bool:
        """Whether lots are collected for the day, or still being drawn."""
        day = self._wish.day
        if day is None or self._service.release is None or self._wish.channel == "walk_in":
            return False
        if window.standing(self._service, self._place, day=day, now_ms=self._now_ms) == "by_lot":
            return True
        first = next(tx.scan(LOTS, self._service.name), None)
        return first is not None and first.draw_ms <= self._now_ms

    def over_ms(self) -> int:
        """Return when the draw is over, about."""
        return max(self._key()[1], self._now_ms + MINUTE_MS)

    def enter(self, tx: Tx) -> bool:
        """Take part; `False` for who does already."""
        service, draw_ms, lot, person = self._key()
        if tx.get(LOTS, service, draw_ms, lot, person) is not None:
            return False
        row = Lot(service, draw_ms, lot=lot, person=person, request=self._wish.request, wish=encode(self._wish))
        tx.put(LOTS, row)
        return True

    def _key(self) -> tuple[str, int, str, str]:
        assert self._wish.day is not None
        name, person = self._service.name, self._wish.person
        draw_ms = window.opens_ms(self._service, self._place, day=self._wish.day) + window.LOT_MS
        if self._now_ms >= draw_ms:
            # The draw is under way: whoever comes now comes after all who were there in the first minute.
            return name, draw_ms, f"1{self._now_ms:016}", person
        return name, draw_ms, self._keys.lot(name, draw_ms, person=person), person
