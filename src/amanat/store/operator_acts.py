"""What operators did: rows that are added, and swept when they are old."""

from msgspec import Struct

from amanat.db.query import QueryFile
from amanat.db.table import Table


class OperatorActRow(Struct, frozen=True):
    """One act. `actor` is an administrator's user id, or "operator" for whoever holds the admin socket."""

    ts: int
    act_id: str
    actor: str
    act: str
    subject: str
    reason: str


OPERATOR_ACTS = Table("operator_acts", OperatorActRow, key=2)

_sql = QueryFile("amanat.store", "operator_acts")
OPERATOR_ACTS_BEFORE = _sql.query("operator_acts_before", OperatorActRow)
OPERATOR_ACTS_ON = _sql.query("operator_acts_on", OperatorActRow)
OLD_OPERATOR_ACTS = _sql.query("old_operator_acts", OperatorActRow)
REASONS_ON = _sql.query("reasons_on", OperatorActRow)
