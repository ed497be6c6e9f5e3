"""What people have reported: rooms, events, people."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table
from amanat.store.account_data import CountRow


class ReportRow(Struct, frozen=True):
    """A report. Of `room_id`, `event_id` and `user_id`, what is not reported is empty."""

    reporter: str
    room_id: str
    event_id: str
    user_id: str
    reason: str
    ts: int


REPORTS = Table("reports", ReportRow, key=4)

_sql = QueryFile("amanat.store", "reports")
REPORT_COUNT = _sql.query("report_count", CountRow)
