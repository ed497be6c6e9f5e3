"""Jobs: work that has been promised with an answer and must be done, whatever happens to the process."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class JobRow(Struct, frozen=True):
    """Work to be done about a subject. `revision` counts how often it was asked for while it was not done."""

    kind: str
    subject: str
    revision: int


JOBS = Table("jobs", JobRow, key=2)

_sql = QueryFile("amanat.store", "jobs")
JOB = _sql.query("job", JobRow)
ALL_JOBS = _sql.query("all_jobs", JobRow)
