"""The inbox and its chats as the desk's pages show them: read from what is committed, with people's names."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from msgspec import Struct, field, json

from amanat.gateway.desk import files
from amanat.gateway.desk.office import Office
from amanat.gateway.desk.tables import (
    CHAT,
    COUNTS,
    LINES_BEFORE,
    LISTED,
    NOTES_OF,
    WITH_STAFF,
    LineRow,
    ListedRow,
    NoteRow,
)

MOST_CHATS: Final = 500
MOST_LINES: Final = 100
MOST_NOTES: Final = 200
MAX_POSITION: Final = 2**53

Show = Literal["waiting", "mine", "all"]
_STATES: Final[Mapping[Show, Sequence[str]]] = {
    "waiting": ["waiting"],
    "mine": ["taken"],
    "all": ["waiting", "taken"],
}


class Last(Struct, frozen=True, kw_only=True):
    """The last thing that was said in a chat."""

    sender: str = field(name="from")
    kind: str
    text: str
    ts: int


class Chat(Struct, frozen=True, kw_only=True):
    """A chat as the inbox lists it. `state`: waiting, taken, or back at the flow."""

    room_id: str
    person: str
    person_name: str
    desk: str
    language: str
    state: str
    assignee: str | None
    assignee_name: str | None
    since_ts: int
    unread: int
    last: Last | None


class File(Struct, frozen=True, kw_only=True):
    """A file that a line brought; one that is `too_large` is not opened here."""

    name: str
    size: int
    too_large: bool


class Line(Struct, frozen=True, kw_only=True):
    """One thing that was said or happened."""

    position: int
    sender: str = field(name="from")
    by: str | None
    by_name: str | None
    kind: str
    text: str
    ts: int
    state: str | None
    file: File | None


class Note(Struct, frozen=True, kw_only=True):
    """A note of the staff's."""

    position: int
    author: str
    author_name: str
    text: str
    ts: int


class Listing(Struct, frozen=True, kw_only=True):
    """A part of the inbox, the longest waiting first, and how many chats there are in each part."""

    chats: list[Chat]
    counts: dict[Show, int]


class Known(Struct, frozen=True, kw_only=True):
    """Something that the flow asked."""

    name: str
    value: str


class Opened(Struct, frozen=True, kw_only=True):
    """A chat with the last lines before a position, oldest first; `more`: there are older ones."""

    chat: Chat
    context: list[Known]
    lines: list[Line]
    notes: list[Note]
    more: bool


async def listing(office: Office, member: str, *, show: Show) -> Listing:
    """Return a part of the inbox."""
    assignee = member if show == "mine" else ""
    rows = await office.store.all(WITH_STAFF, states=_STATES[show], assignee=assignee, most=MOST_CHATS)
    counted = await office.store.all(COUNTS)
    counts: dict[Show, int] = {
        "waiting": sum(row.number for row in counted if row.state == "waiting"),
        "mine": sum(row.number for row in counted if row.assignee == member),
        "all": sum(row.number for row in counted),
    }
    names = await office.names.of(_people(rows))
    return Listing(chats=[_chat(row, names) for row in rows], counts=counts)


async def opened(office: Office, room_id: str, *, before: int = MAX_POSITION) -> Opened | None:
    """Return a chat; `None` if the staff never had it, or too long ago."""
    row = await office.store.first(LISTED, room_id=room_id)
    held = await office.store.first(CHAT, room_id=room_id)
    if row is None or held is None:
        return None
    lines = await office.store.all(LINES_BEFORE, room_id=room_id, before=before, most=MOST_LINES + 1)
    notes = await office.store.all(NOTES_OF, room_id=room_id, most=MOST_NOTES)
    assigned = (line.text for line in lines if line.kind == "assigned")
    members = (*(line.member for line in lines), *(note.author for note in notes), *assigned)
    names = await office.names.of(_people([row]) | {member for member in members if member})
    known = json.decode(held.known, type=dict[str, str])
    return Opened(
        chat=_chat(row, names),
        context=[Known(name=name, value=value) for name, value in known.items()],
        lines=[_line(line, names) for line in reversed(lines[:MOST_LINES])],
        notes=[_note(note, names) for note in reversed(notes)],
        more=len(lines) > MOST_LINES,
    )


def _people(rows: Iterable[ListedRow]) -> set[str]:
    return {person for row in rows for person in (row.person, row.assignee) if person}


def _chat(row: ListedRow, names: Mapping[str, str]) -> Chat:
    last = None
    if row.last_ts is not None:
        last = Last(sender=row.last_sender or "", kind=row.last_kind or "", text=row.last_text or "", ts=row.last_ts)
    return Chat(
        room_id=row.room_id,
        person=row.person,
        person_name=names[row.person],
        desk=row.desk,
        language=row.language,
        state=row.state,
        assignee=row.assignee,
        assignee_name=names[row.assignee] if row.assignee else None,
        since_ts=row.since_ts,
        unread=row.unread,
        last=last,
    )


def _line(row: LineRow, names: Mapping[str, str]) -> Line:
    return Line(
        position=row.position,
        sender=row.sender,
        by=row.member,
        by_name=names[row.member] if row.member else None,
        kind=row.kind,
        text=names.get(row.text, "") if row.kind == "assigned" else row.text,
        ts=row.ts,
        state=row.state,
        file=_file(row),
    )


def _file(row: LineRow) -> File | None:
    kept = files.kept_of(row)
    return File(name=kept.name, size=kept.size, too_large=kept.size > files.MAX_BYTES) if kept else None


def _note(row: NoteRow, names: Mapping[str, str]) -> Note:
    return Note(position=row.position, author=row.author, author_name=names[row.author], text=row.text, ts=row.ts)
