"""How events relate: replies, edits, reactions, threads, references, and what is summed up of them. Pure.

Spec: client-server-api#forming-relationships-between-events. What is not of the specified shape is no relation.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from amanat.core.errors import InvalidParam
from amanat.core.events import Event
from amanat.core.identifiers import fits, is_event_id

REPLACE: Final = "m.replace"
ANNOTATION: Final = "m.annotation"
THREAD: Final = "m.thread"
REFERENCE: Final = "m.reference"


class Relation(Struct, frozen=True, kw_only=True):
    """What an event says that it is to another; `key` is an annotation's."""

    rel_type: str
    event_id: str
    key: str | None = None


def relation(content: dict[str, Any]) -> Relation | None:
    """Return the relation that an event declares in clear, if it declares one."""
    declared = content.get("m.relates_to")
    if type(declared) is not dict:
        return None
    rel_type, event_id, key = declared.get("rel_type"), declared.get("event_id"), declared.get("key")
    if type(rel_type) is not str or type(event_id) is not str or not fits(rel_type) or not is_event_id(event_id):
        return None
    return Relation(rel_type=rel_type, event_id=event_id, key=key if type(key) is str and "\0" not in key else None)


def reply_to(content: dict[str, Any]) -> str | None:
    """Return the event that is replied to, which is no `rel_type` and goes along with a thread."""
    # spec: client-server-api#rich-replies
    try:
        event_id = content["m.relates_to"]["m.in_reply_to"]["event_id"]
    except (KeyError, TypeError):
        return None
    return event_id if isinstance(event_id, str) and is_event_id(event_id) else None


def thread_of(found: Relation | None, *, parent_thread: str | None) -> str | None:
    """Return the root of the thread that an event is in; `None` is the main timeline.

    What relates to an event in a thread is in that thread, as a reaction is. A root is in the main timeline, and so
    is what relates to it otherwise.
    """
    # spec: client-server-api#threaded-read-receipts
    if found is None:
        return None
    return found.event_id if found.rel_type == THREAD else parent_thread


def check_thread_root(root_content: dict[str, Any]) -> None:
    """Refuse to start a thread at an event that relates to another."""
    # spec: client-server-api#validation-of-mthread-relationships
    if relation(root_content) is not None:
        raise InvalidParam("A thread cannot start at an event that itself relates to another.")


def is_valid_edit(original: Event, edit: Event) -> bool:
    """Whether an edit may stand for the original. The new content of an encrypted edit is its readers' to check."""
    # spec: client-server-api#validity-of-replacement-events
    declared, inherited = relation(edit.content), relation(original.content)
    return (
        declared is not None
        and declared.rel_type == REPLACE
        and declared.event_id == original.event_id
        and (original.room_id, original.sender, original.type) == (edit.room_id, edit.sender, edit.type)
        and original.state_key is None
        and edit.state_key is None
        and (inherited is None or inherited.rel_type != REPLACE)
        and (edit.type == "m.room.encrypted" or isinstance(edit.content.get("m.new_content"), dict))
    )


def most_recent_edit(edits: Iterable[Event]) -> Event | None:
    """Return the edit that readers see, of valid ones: the latest by its time, then by its id."""
    # spec: client-server-api#server-side-aggregation-of-mreplace-relationships
    return max(edits, key=lambda edit: (edit.origin_server_ts, edit.event_id), default=None)


class ThreadSummary(Struct, frozen=True, kw_only=True):
    """What a thread's root carries of its thread; `latest_event` is the event as it is sent to the reader."""

    latest_event: Raw
    count: int
    current_user_participated: bool


class _Reference(Struct, frozen=True):
    """An event that refers to another."""

    event_id: str


class _References(Struct, frozen=True):
    """The events that refer to an event."""

    chunk: list[_Reference]


class _Aggregations(
    Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={"edit": REPLACE, "thread": THREAD, "references": REFERENCE},
):
    """`unsigned.m.relations`: what is summed up of an event's children. Reactions are not."""

    edit: Raw | UnsetType = UNSET
    thread: ThreadSummary | UnsetType = UNSET
    references: _References | UnsetType = UNSET


def bundle(
    *, edit: bytes | None = None, thread: ThreadSummary | None = None, references: Iterable[str] = ()
) -> bytes | None:
    """Return the value of `m.relations` as JSON, or `None` where there is nothing to sum up."""
    # spec: client-server-api#aggregations-of-child-events
    chunk = [_Reference(event_id) for event_id in references]
    if edit is None and thread is None and not chunk:
        return None
    return msgspec.json.encode(
        _Aggregations(
            edit=UNSET if edit is None else Raw(edit),
            thread=UNSET if thread is None else thread,
            references=_References(chunk) if chunk else UNSET,
        )
    )
