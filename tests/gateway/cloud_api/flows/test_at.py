"""What stands somewhere, read as what it should be."""

from amanat.gateway.cloud_api.flows.at import At
from amanat.gateway.cloud_api.flows.issues import Issue


def test_what_is_not_as_it_should_be_is_written_down_with_its_path() -> None:
    issues: list[Issue] = []
    at = At({"a": [1, "x"], "b": {"c": ""}}, "", issues=issues)
    assert [each.text(most=5) for each in at["a"].items(most=9)] == ["", "x"]
    assert at["b"]["c"].text(most=5) == at["z"]["y"].text(most=5) == ""
    assert list(at["b"].items(most=1)) == []
    assert at["a"].fields() == {}
    assert [issue.path for issue in issues] == ["a[0]", "b.c", "z.y", "b", "a"]
    assert "a" in at
    assert "z" not in at
