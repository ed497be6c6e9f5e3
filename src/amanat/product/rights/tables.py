"""The rows of copies that people take, and what an erasure looks up."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.accounts import UserRow
from amanat.store.events import EventRow


class ExportRow(Struct, frozen=True):
    """A copy; its file is `blob` once it is made."""

    user_id: str
    export_id: str
    requested_ts: int
    expires_ts: int
    blob: str | None
    size: int


EXPORTS = Table("exports", ExportRow, key=1)

_sql = QueryFile("amanat.product.rights", "rights")
EXPORT_OF = _sql.query("export_of", ExportRow)
EXPIRED_EXPORTS = _sql.query("expired_exports", ExportRow)
EVENTS_OF_ROOM_AFTER = _sql.query("events_of_room_after", EventRow)
MEMBER_EVENTS_ABOUT = _sql.query("member_events_about", EventRow)
PEOPLE_AFTER = _sql.query("people_after", UserRow)
