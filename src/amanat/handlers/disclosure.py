"""What one feature knows of a person and another hands out: to the person themselves, to a partner by the ledger."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from amanat.db.tx import Need, Tx


class Fact(Struct, frozen=True, kw_only=True):
    """Something known of each person. `read` runs in the unit of work that also writes down who is told.

    Only the ledger reads facts for a third party; whoever asks for facts of the requester alone needs no row.
    """

    needs: Callable[[str], Sequence[Need]]
    read: Callable[[Tx, str], str | None]
