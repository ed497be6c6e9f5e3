"""How an operator's query is bounded."""

from amanat.gateway.connectors.sql import bounded, values_of


def test_a_query_is_put_into_brackets_with_whatever_ends_it() -> None:
    sql = bounded("SELECT a FROM t -- all of it\n;\n", ["a", "b"])
    assert sql.startswith('SELECT substr(CAST(asked."a" AS text), 1, 500), substr(CAST(asked."b"')
    assert sql.endswith("FROM (\nSELECT a FROM t -- all of it\n\n) AS asked LIMIT 1")


def test_a_name_of_a_column_is_only_that() -> None:
    assert 'asked."a"" FROM t; --" AS text' in bounded("SELECT 1", ['a" FROM t; --'])


def test_null_is_the_empty_text() -> None:
    assert values_of((None, "x"), ["a", "b"]) == {"a": "", "b": "x"}
