"""A folder's files: which there must be, which may be, and what changes the version."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.flows.loading import load, version_of
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.sample import FILES, FLOW_READ


def without(name: str) -> dict[str, bytes]:
    return {file: content for file, content in FILES.items() if file != name}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (without("flow.yaml"), "flow.yaml:1: There is no flow.yaml in this folder."),
        (without("texts/en.md"), "texts/en.md:1: The flow speaks 'en', and this file is missing."),
        (without("tables/fees.csv"), "flow.yaml:8: There is no CSV file 'tables/fees.csv' in this folder."),
        (without("closures.ics"), "flow.yaml:20: There is no .ics file 'closures.ics' in this folder."),
        ({**FILES, "tables/old.csv": b""}, "tables/old.csv:1: Nothing in flow.yaml uses this file."),
        ({**FILES, "texts/id.md": b"## a\n\xff"}, "texts/id.md:2: This file is not UTF-8: save it again as 'UTF-8'"),
        ({**FILES, "texts/id.md": b"x" * (1024 * 1024 + 1)}, "texts/id.md:1: This file is larger than one megabyte."),
    ],
)
def test_a_folder_that_is_not_whole_is_told(files: dict[str, bytes], sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(files)
    assert any(str(problem).startswith(sentence) for problem in refused.value.problems), refused.value


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_slip_of_the_keyboard_gives_a_flow_or_a_refusal(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    lines = FILES[name].decode().split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    slips = ["", "  " + lines[place], lines[place][2:], "- x", "a: [b, {c: d}]", "{", "\x00"]
    lines[place] = data.draw(st.sampled_from(slips) | st.text(max_size=20))
    with suppress(FilesRefused):
        load({**FILES, name: "\n".join(lines).encode("utf-8", "surrogatepass")})


def test_a_version_changes_with_what_people_meet_and_with_nothing_else() -> None:
    assert version_of({**FILES, "transcripts/a.md": b"## x"}) == FLOW_READ.version
    assert version_of({**FILES, "texts/id.md": FILES["texts/id.md"] + b"\n"}) != FLOW_READ.version
    assert load({**FILES, "transcripts/a.md": b"## x", "README.md": b"x"}).secrets == {"nik"}
