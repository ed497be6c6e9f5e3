"""An editor's changes are files of a service, and of a bounded size."""

import pytest

from amanat.gateway.desk.errors import WrongValue
from amanat.gateway.flows.folder import MAX_FILES
from amanat.gateway.flows.loading import MAX_BYTES
from amanat.gateway.service.changed_folder import changed_folder

FILES = {"flow.yaml": b"flow: a", "odd name.txt": b"old"}


def test_texts_are_put_in_their_place_or_taken_away() -> None:
    changes = {"flow.yaml": "flow: é", "texts/id.md": "## a", "odd name.txt": None, "new.ics": None}
    after = changed_folder(FILES, changes)
    assert after == {"flow.yaml": "flow: é".encode(), "texts/id.md": b"## a"}
    assert FILES["flow.yaml"] == b"flow: a"
    assert changed_folder(FILES, {"odd name.txt": "new"})["odd name.txt"] == b"new"


NAMES = [
    *("../a.md", "a/../b.md", "/a.md", ".a.md", "a/.b.md", "a.exe", "a", "", "a.md/b", "a//b.md", "a\\b.md", "a.md\n"),
    *("a/b/c/d/e.md", "x" * 200 + ".md", "a~.md"),
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_no_file_of_a_service_has_is_refused(name: str) -> None:
    with pytest.raises(WrongValue):
        changed_folder(FILES, {name: "x"})
    with pytest.raises(WrongValue):
        changed_folder(FILES, {name: None})


def test_there_is_not_too_much() -> None:
    with pytest.raises(WrongValue, match="larger"):
        changed_folder(FILES, {"a.md": "x" * (MAX_BYTES + 1)})
    with pytest.raises(WrongValue, match="in all"):
        changed_folder(FILES, {f"t{number}.md": "x" for number in range(MAX_FILES)})
    with pytest.raises(WrongValue, match="in all"):
        changed_folder(FILES, {f"t{number}.md": "x" * MAX_BYTES for number in range(9)})
    with pytest.raises(WrongValue, match="no text"):
        changed_folder(FILES, {"a.md": "\ud800"})
