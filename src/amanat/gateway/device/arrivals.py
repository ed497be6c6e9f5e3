"""Takes what came out of the inbox, each row once, in the unit of whatever is made of it."""

from amanat.db.tx import Need, Tx
from amanat.gateway.device.tables import INBOX, InboxRow


def need_of(row: InboxRow) -> Need:
    """Return what `take` reads."""
    return (INBOX, (row.position,))


def take(tx: Tx, row: InboxRow) -> bool:
    """Put that a row is handled; `False` if it was, by a unit that the database wrote and could not say so."""
    if tx.get(INBOX, row.position) is None:
        return False
    tx.delete(INBOX, row.position)
    return True
