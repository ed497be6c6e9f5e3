"""What may be read of what was declared."""

import pytest

from amanat.db.prefetched import Prefetched
from amanat.db.tx import UndeclaredRead
from tests.db.engine import THINGS


def rows(*numbers: int) -> list[tuple[str, int, None, None]]:
    return [("ani", number, None, None) for number in numbers]


def test_a_row_that_was_declared_is_there_or_known_to_be_absent() -> None:
    found = Prefetched([[(THINGS, ("ani", 1))], [(THINGS, ("ani", 2))]])
    found.fill_get(THINGS, rows(1))
    assert found.get(THINGS, ("ani", 1)) == rows(1)[0]
    assert found.get(THINGS, ("ani", 2)) is None
    with pytest.raises(UndeclaredRead):
        found.get(THINGS, ("ani", 3))


def test_a_prefix_answers_for_everything_under_it() -> None:
    found = Prefetched([[(THINGS, ("ani",))]])
    found.fill_scan(THINGS, rows(3, 1, 2), size=1)
    assert list(found.scan(THINGS, ("ani",))) == rows(1, 2, 3)
    assert list(found.scan(THINGS, ("ani", 2))) == rows(2)
    assert found.get(THINGS, ("ani", 9)) is None
    with pytest.raises(UndeclaredRead):
        found.scan(THINGS, ("budi",))
    with pytest.raises(UndeclaredRead):
        found.scan(THINGS, ())


def test_the_limits_of_a_shared_prefix_add_up() -> None:
    found = Prefetched([[(THINGS, ("ani",), 1)], [(THINGS, ("ani",), 2)]])
    assert found.scans[THINGS, 1]["ani",].limit == 3
    assert Prefetched([[(THINGS, ("ani",), 1)], [(THINGS, ("ani",))]]).scans[THINGS, 1]["ani",].limit is None
    assert Prefetched([[(THINGS, ("ani",))], [(THINGS, ("ani",), 1)]]).scans[THINGS, 1]["ani",].limit is None


def test_beyond_the_limit_of_a_prefix_nothing_is_known() -> None:
    found = Prefetched([[(THINGS, ("ani",), 2)]])
    found.fill_scan(THINGS, rows(1, 2), size=1)
    scan = found.scan(THINGS, ("ani",))
    assert [next(scan), next(scan)] == rows(1, 2)
    with pytest.raises(UndeclaredRead, match="more rows"):
        next(scan)
    with pytest.raises(UndeclaredRead, match="beyond"):
        found.get(THINGS, ("ani", 3))


def test_fewer_rows_than_the_limit_are_all_there_are() -> None:
    found = Prefetched([[(THINGS, ("ani",), 3)]])
    found.fill_scan(THINGS, rows(1, 2), size=1)
    assert list(found.scan(THINGS, ("ani",))) == rows(1, 2)
    assert found.get(THINGS, ("ani", 3)) is None
