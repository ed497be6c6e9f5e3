"""A name in a flow means one thing."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.quiz import changed

MISTAKES = [
    (
        "    count: score\n    from: 0\n",
        "    count: register\n    from: 0\n",
        "flow.yaml:19: 'register' is a table already: call the answer otherwise.",
    ),
    (
        "ask: message",
        "ask: score",
        "flow.yaml:44: 'score' is counted in another step: call this answer otherwise.",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES)
def test_a_name_with_two_meanings_is_told_with_its_line(old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed("flow.yaml", old, new))
    assert sentence in map(str, refused.value.problems), refused.value
