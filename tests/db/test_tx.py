"""The writes of a batch in the making, on a source that holds a few rows."""

from collections.abc import Iterator
from typing import Any

import pytest

from amanat.db.memory import Memory
from amanat.db.table import Key, Table, Values
from amanat.db.tx import Contended, Tx, UndeclaredRead
from tests.db.engine import THINGS, Thing


class Rows:
    """A source of the things it is made with."""

    def __init__(self, *things: tuple[Any, ...]) -> None:
        self.things = sorted((*thing, None, None) for thing in things)

    def get(self, table: Table[Any], key: Key) -> Values | None:
        return next((values for values in self.things if values[: table.key_size] == key), None)

    def scan(self, _: Table[Any], prefix: Key) -> Iterator[Values]:
        return (values for values in self.things if values[: len(prefix)] == prefix)


async def _no_value(_: str) -> int | None:
    return None


def test_a_unit_sees_its_own_writes_and_then_the_committed_rows() -> None:
    tx = Tx(Rows(("ani", 1), ("ani", 2)), {}, absent=())
    tx.put(THINGS, Thing("ani", 1, "new"))
    tx.delete(THINGS, "ani", 2)
    assert tx.get(THINGS, "ani", 1) == Thing("ani", 1, "new")
    assert tx.get(THINGS, "ani", 2) is None
    assert list(tx.scan(THINGS, "ani")) == [Thing("ani", 1, "new")]


def test_rows_may_be_deleted_while_they_are_scanned() -> None:
    tx = Tx(Rows(("ani", 1), ("ani", 2), ("budi", 1)), {}, absent=())
    for thing in tx.scan(THINGS, "ani"):
        tx.delete(THINGS, thing.owner, thing.number)
    assert list(tx.scan(THINGS)) == [Thing("budi", 1)]


def test_undoing_a_unit_goes_back_through_everything_it_did_in_reverse() -> None:
    memory = Memory("test", _no_value, size=lambda _: 1, max_bytes=1)
    tx = Tx(Rows(("ani", 1)), {"lines": 7}, absent={(memory, "ani")})
    published: list[str] = []

    def kept() -> None:
        tx.put(THINGS, Thing("ani", 1, "kept"))
        tx.stage(memory, "ani", 1)
        tx.after_commit(lambda: published.append("kept"))
        assert tx.next("lines") == 8

    kept()
    tx.keep_unit()
    for label in ("first", "second"):
        tx.put(THINGS, Thing("ani", 1, label))
        tx.put(THINGS, Thing("ani", 2, label))
        tx.stage(memory, "ani", 2)
        tx.stage(memory, "budi", 2)
        tx.next("lines")
        tx.next("others")
        tx.after_commit(lambda: published.append("undone"))
    tx.undo_unit()
    assert tx.writes == {THINGS: {("ani", 1): ("ani", 1, "kept", None)}}
    assert memory.staged == {"ani": 1}
    assert tx.see(memory, "ani") == 1
    assert tx.positions == {"lines": 8}
    for publish in tx.apply():
        publish()
    assert published == ["kept"]
    assert memory.peek("ani") == 1


def test_memory_that_was_not_declared_can_be_peeked_at_but_not_seen() -> None:
    memory = Memory("test", _no_value, size=lambda _: 1, max_bytes=1)
    tx = Tx(Rows(), {}, absent={(memory, "absent")})
    assert tx.see(memory, "absent") is None
    assert tx.peek(memory, "ani") is None
    with pytest.raises(UndeclaredRead, match="ani"):
        tx.see(memory, "ani")
    tx.stage(memory, "ani", 5)
    assert tx.see(memory, "ani") == tx.peek(memory, "ani") == 5
    tx.stage(memory, "ani", None)
    assert tx.peek(memory, "ani") is None
    with pytest.raises(Contended):
        tx.see(memory, "ani")
