"""Who shows which media: rows written with the event and taken away with its content. What follows is the sweep's.

Nothing is read here, so an event with media costs what its rows cost, and one without costs a look at its keys.
Only what the owner of a file says of it has effect; that too is looked at by the sweep.
"""

from typing import Any

from amanat.core.identifiers import MEDIA_KEY, server_of
from amanat.core.media import local_id, references
from amanat.db.tx import Tx
from amanat.store.events import EventRow
from amanat.store.media import MEDIA_REFERENCES, MEDIA_RELEASED, ReferenceRow, ReleasedRow


def declare(tx: Tx, event: EventRow, *, content: dict[str, Any]) -> None:
    """Note the media that a new event shows."""
    if MEDIA_KEY in content or "url" in content:
        for media_id in references(event.type, content, sender=event.sender):
            tx.put(MEDIA_REFERENCES, ReferenceRow(media_id, event.sender, event.event_id))


def release(tx: Tx, event: EventRow, *, content: dict[str, Any], ts: int) -> None:
    """Note that an event which is losing its content shows nothing any more."""
    for media_id in references(event.type, content, sender=event.sender):
        _release(tx, ReferenceRow(media_id, event.sender, event.event_id), ts=ts)


def change_avatar(tx: Tx, user_id: str, *, before: str | None, after: str | None, ts: int) -> None:
    """Note that a person shows another picture of themselves; the two are `mxc:` addresses."""
    was, shown = (local_id(uri, server_name=server_of(user_id)) for uri in (before, after))
    if was is not None and was != shown:
        _release(tx, ReferenceRow(was, user_id, user_id), ts=ts)
    if shown is not None:
        tx.put(MEDIA_REFERENCES, ReferenceRow(shown, user_id, user_id))


def _release(tx: Tx, reference: ReferenceRow, *, ts: int) -> None:
    tx.delete(MEDIA_REFERENCES, reference.media_id, reference.user_id, reference.source)
    tx.put(MEDIA_RELEASED, ReleasedRow(reference.media_id, reference.user_id, ts))
