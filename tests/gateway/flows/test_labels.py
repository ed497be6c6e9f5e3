"""The staff read the words of the folder, and not the names that its flow gives to what it asks."""

import pytest

from amanat.gateway.flows.labels import labels_of, options_of
from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.quiz import changed

GOODBYE = "## all\n"


def test_a_label_names_a_variable_and_an_option_what_a_menu_saves() -> None:
    files = dict(changed("texts/id.md", GOODBYE, f"## label_score\nJawaban\nyang benar\n\n{GOODBYE}"))
    flow = files["flow.yaml"].decode()
    files["flow.yaml"] = flow.replace("    say: question\n", "    say: question\n    save: answer\n", 1).encode()
    read = load(files)
    assert labels_of(read) == {"score": {"id": "Jawaban yang benar"}}
    assert {*options_of(read)["answer"]} == {"yes", "no"}
    assert all(words["id"] for words in options_of(read)["answer"].values())


def test_a_label_of_nothing_is_a_slip() -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed("texts/id.md", GOODBYE, f"## label_skore\nJawaban\n\n{GOODBYE}"))
    assert any("'label_skore'" in str(problem) for problem in refused.value.problems)
