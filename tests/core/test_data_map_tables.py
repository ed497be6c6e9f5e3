from amanat.core.data_map import Kind
from amanat.core.data_map_tables import TABLES, collected


def test_each_kind_says_where_it_stands() -> None:
    by_kind = {entry.kind: entry for entry in collected()}
    assert set(by_kind) == set(Kind)
    assert "recovery_emails.address" in by_kind[Kind.CONTACT].columns
    assert by_kind[Kind.CIPHERTEXT].may_hold_specific_data
    assert sum(len(entry.columns) for entry in by_kind.values()) == sum(
        len(about.personal) for about in TABLES.values()
    )
