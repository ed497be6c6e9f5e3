"""How a named statement is read for each database."""

import pytest
from msgspec import Struct

from amanat.db.query import Query, QueryFile


class Row(Struct):
    a: int


def test_parameters_are_numbered_for_postgresql_in_the_order_they_appear() -> None:
    query = Query("q", Row, sql="SELECT a FROM t WHERE b = :b AND c > :c AND (d = :b OR e = 'x'::text)")
    assert query.postgres == "SELECT a FROM t WHERE b = $1 AND c > $2 AND (d = $1 OR e = 'x'::text)"
    assert query.order == ("b", "c")
    assert query.sqlite == "SELECT a FROM t WHERE b = :b AND c > :c AND (d = :b OR e = 'x'::text)"


def test_lists_become_arrays_for_one_and_json_for_the_other() -> None:
    query = Query("q", Row, sql="SELECT a FROM t WHERE b IN :bs AND c IN :cs#")
    assert query.postgres == "SELECT a FROM t WHERE b = ANY($1::text[]) AND c = ANY($2::bigint[])"
    assert "b IN (SELECT value FROM json_each(:bs)) AND c IN (SELECT value FROM json_each(:cs))" in query.sqlite
    assert query.lists == {"bs", "cs"}


def test_a_twin_takes_the_place_of_the_statement_on_postgresql_alone() -> None:
    query = Query("q", Row, sql="SELECT a FROM t", postgres_sql="SELECT a FROM ONLY t WHERE b = :b")
    assert (query.sqlite, query.postgres, query.order) == (
        "SELECT a FROM t",
        "SELECT a FROM ONLY t WHERE b = $1",
        ("b",),
    )


def test_a_file_of_statements_is_read_by_name() -> None:
    assert QueryFile("amanat.store", "streams").query("all_meta", Row).sqlite == "SELECT name, value FROM meta"
    with pytest.raises(KeyError):
        QueryFile("amanat.store", "streams").query("no_such_statement", Row)
