"""Receipts: which of two wins, what thread one is for, and who sees it. Pure; spec: client-server-api#receipts."""

from collections.abc import Iterable
from typing import Any, Final, Protocol

from amanat.core.errors import InvalidParam
from amanat.core.identifiers import NAMESPACE

READ: Final = "m.read"
READ_PRIVATE: Final = "m.read.private"
FULLY_READ: Final = "m.fully_read"
SENT: Final = f"{NAMESPACE}.sent"
"""The kind of receipt that a person's own sending moves; never shown to anyone."""

KINDS: Final = (READ, READ_PRIVATE, FULLY_READ)
"""What a client may send."""

UNTHREADED: Final = ""
"""The thread of a receipt that is for the whole room."""
MAIN: Final = "main"


class Shown(Protocol):
    """A receipt, as far as people see it."""

    @property
    def user_id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def thread(self) -> str: ...
    @property
    def event_id(self) -> str: ...
    @property
    def ts(self) -> int: ...


def moves_forward(old: int | None, new: int) -> bool:
    """A receipt never moves backwards along the timeline."""
    return old is None or new > old


def check_kind(kind: str) -> None:
    """Refuse a kind of receipt that is not the specification's."""
    if kind not in KINDS:
        raise InvalidParam(f"A receipt is of type {READ}, {READ_PRIVATE} or {FULLY_READ}.")


def thread_of_receipt(body: dict[str, Any], *, kind: str, event_id: str, event_thread: str | None) -> str:
    """Return the thread that a receipt is for; `event_thread` is the root of the thread its event is in, if any."""
    # spec: client-server-api#post_matrixclientv3roomsroomidreceiptreceipttypeeventid
    if "thread_id" not in body:
        return UNTHREADED
    thread: Any = body["thread_id"]
    if not isinstance(thread, str) or not thread:
        raise InvalidParam("`thread_id` is a string that is not empty.")
    if kind == FULLY_READ:
        raise InvalidParam(f"A receipt of type {FULLY_READ} is for the whole room and has no `thread_id`.")
    # A root is in the main timeline, but it is the first thing that is seen of its thread too.
    if thread not in (event_thread or MAIN, event_id):
        raise InvalidParam("The event is not in the thread that `thread_id` names.")
    return thread


def is_visible(kind: str, *, owner: str, reader: str) -> bool:
    """Whether a reader may know of a receipt."""
    # spec: client-server-api#private-read-receipts
    return kind == READ or (kind == READ_PRIVATE and owner == reader)


def contents(receipts: Iterable[Shown], *, reader: str) -> list[dict[str, Any]]:
    """Return the contents of the `m.receipt` events that a reader is sent of a room: one per thread.

    In one event for all, a person's receipts for the room and for a thread would collide where they are at one event.
    """
    # spec: client-server-api#receipts
    by_thread: dict[str, dict[str, Any]] = {}
    for each in receipts:
        if is_visible(each.kind, owner=each.user_id, reader=reader):
            shown: dict[str, Any] = {"ts": each.ts}
            if each.thread != UNTHREADED:
                shown["thread_id"] = each.thread
            content = by_thread.setdefault(each.thread, {})
            content.setdefault(each.event_id, {}).setdefault(each.kind, {})[each.user_id] = shown
    return list(by_thread.values())
