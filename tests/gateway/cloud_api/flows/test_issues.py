"""Where in the text something is wrong."""

from amanat.gateway.cloud_api.flows.issues import Issue, not_json, told

TEXT = '{\n  "version": "7.3",\n  "screens": [\n    {"id": "A:,B", "layout": {}},\n    {"id": "B"}\n  ]\n}'


def place(path: str) -> tuple[int, int, int, int]:
    (found,) = told([Issue(error="X", message="no", path=path)], TEXT)
    assert found["pointers"][0]["path"] == path
    return found["line_start"], found["column_start"], found["line_end"], found["column_end"]


def test_an_issue_has_its_place_or_that_of_what_holds_it() -> None:
    assert place("version") == (2, 14, 2, 18)
    assert place("screens[0].id") == (4, 12, 4, 17)
    assert place("screens[1].layout.children") == (5, 5, 5, 15)
    assert place("")[:3] == (1, 1, 7)


def test_no_more_are_told_than_somebody_reads() -> None:
    assert len(told([Issue(error="X", message="no", path="")] * 99, TEXT)) == 50
    assert not_json("?", line=3, column=4)["line_start"] == 3
