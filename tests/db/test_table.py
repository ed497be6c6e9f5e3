"""What a table knows about its rows."""

import pytest
from msgspec import Struct

from amanat.db.table import Table
from tests.db.engine import THINGS


def test_a_table_takes_its_columns_and_their_kinds_from_the_struct() -> None:
    assert THINGS.columns == ("owner", "number", "label", "body")
    assert THINGS.kinds == ("text", "integer", "text", "bytes")
    assert THINGS.key_columns == ("owner", "number")


@pytest.mark.parametrize("kind", [bool, float, str | int, list[str]])
def test_a_column_of_a_kind_that_the_databases_would_keep_differently_is_refused(kind: type) -> None:
    class Row(Struct):
        column: kind  # type: ignore[valid-type]

    with pytest.raises(TypeError, match="column"):
        Table("rows", Row, key=1)
