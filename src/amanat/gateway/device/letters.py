"""Takes in what other devices send to this one: keys of rooms, and what repairs a broken channel."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import structlog

from amanat.core.identifiers import fits
from amanat.core.signed_json import is_key
from amanat.db.tx import Need, Tx
from amanat.gateway.device import arrivals, room_keys
from amanat.gateway.device.ground import Ground
from amanat.gateway.device.olm import Borrowed, Letter, OlmChannels, Unopened
from amanat.gateway.device.published_keys import OLM
from amanat.gateway.device.reading import ENCRYPTED
from amanat.gateway.device.room_keys import RoomKey, room_key_in
from amanat.gateway.device.sync_response import Event, event_of
from amanat.gateway.device.tables import OLM_RECOVERIES, InboxRow, OlmRecoveryRow

RECOVERY_MS: Final = 3_600_000
"""spec: client-server-api#recovering-from-undecryptable-messages: a new channel to a device at most once an hour."""

log = structlog.get_logger()


class Letters:
    """What comes through channels."""

    def __init__(self, ground: Ground, channels: OlmChannels) -> None:
        self._store = ground.store
        self._pickles = ground.pickles
        self._now_ms = ground.now_ms
        self._channels = channels

    async def take_in(self, rows: Sequence[InboxRow], *, broken: Callable[[], None]) -> None:
        """Open messages to this device and keep what they bring, in one unit that takes them out of the inbox.

        `broken` is called if a channel turned out to be, once that is on disk.
        """
        encrypted = [event for row in rows if (event := event_of(row.event)) is not None and _is_for_us(event)]
        sender_keys = {event.content["sender_key"] for event in encrypted}
        now_ms = self._now_ms()
        async with self._channels.borrow(sender_keys) as borrowed:
            keys, failed = await _open(borrowed, encrypted)

            def keep(tx: Tx) -> None:
                if not [row for row in rows if arrivals.take(tx, row)]:
                    return
                borrowed.put(tx)
                for key in keys:
                    room_keys.keep(tx, key, pickles=self._pickles, now_ms=now_ms)
                for sender_key, user_id in failed.items():
                    _ask_for_recovery(tx, sender_key, user_id, now_ms=now_ms)
                if failed:
                    tx.after_commit(broken)

            needs: list[Need] = [borrowed.need, *map(arrivals.need_of, rows)]
            needs += [need for key in keys for need in key.needs]
            needs += [(OLM_RECOVERIES, (sender_key,)) for sender_key in failed]
            await self._store.write(keep, needs=needs)


async def _open(borrowed: Borrowed, events: Sequence[Event]) -> tuple[list[RoomKey], dict[str, str]]:
    """Return the keys that came, and whose channels are broken."""
    keys: list[RoomKey] = []
    failed: dict[str, str] = {}
    for event in events:
        try:
            letter: Letter = await borrowed.open(event.content, sender=event.sender)
        except Unopened as unopened:
            log.warning("letter_unopened", sender=event.sender, reason=str(unopened))
            failed[event.content["sender_key"]] = event.sender
            continue
        key = room_key_in(letter) if letter.type == "m.room_key" else None
        if key is not None:
            keys.append(key)
    return keys, failed


def _is_for_us(event: Event) -> bool:
    content: dict[str, Any] = event.content
    return (
        event.type == ENCRYPTED
        and content.get("algorithm") == OLM
        and is_key(content.get("sender_key"))
        and fits(event.sender)
    )


def _ask_for_recovery(tx: Tx, sender_key: str, user_id: str, *, now_ms: int) -> None:
    held = tx.get(OLM_RECOVERIES, sender_key)
    if held is None or now_ms - held.since_ts >= RECOVERY_MS:
        tx.put(OLM_RECOVERIES, OlmRecoveryRow(sender_key, user_id, now_ms, 0))
