"""What relates to what, as it is asked for: children, edits, threads, and reactions that may not be repeated."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.events import EventRow, RelationRow, ThreadRow


class AnnotationRow(Struct, frozen=True):
    """That a person has reacted to an event with a key: once per type."""

    parent_id: str
    sender: str
    type: str
    key: str
    event_id: str


class ChildKind(Struct, frozen=True):
    """That an event has children of a kind."""

    parent_id: str
    rel_type: str
    count: int
    latest_position: int


class ThreadSeen(Struct, frozen=True):
    """A thread as one reader sees it; `took_part` is 1 if they replied in it."""

    parent_id: str
    count: int
    latest_position: int
    took_part: int


ANNOTATIONS = Table("annotations", AnnotationRow, key=4)

_sql = QueryFile("amanat.store", "relations")
CHILD_KINDS = _sql.query("child_kinds", ChildKind)
NEWEST_EDITS = _sql.query("newest_edits", EventRow)
THREAD_SUMMARIES = _sql.query("thread_summaries", ThreadSeen)
REFERENCES_TO = _sql.query("references_to", RelationRow)
CHILDREN_OF = _sql.query("children_of", RelationRow)
CHILDREN_BACKWARDS = _sql.query("children_backwards", EventRow)
CHILDREN_FORWARDS = _sql.query("children_forwards", EventRow)
THREADS_BACKWARDS = _sql.query("threads_backwards", ThreadRow)
THREADS_TAKEN_PART_IN = _sql.query("threads_taken_part_in", ThreadRow)
