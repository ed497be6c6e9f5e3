"""The staff read the words of the folder, and not the names that its flow gives to what it asks."""

import pytest

from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.labels import labels_of, options_of
from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.service_files import load_service
from tests.gateway.flows.quiz import changed
from tests.gateway.sample_office import SAMPLE

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


def test_a_label_names_a_desk_that_chats_or_tickets_go_to() -> None:
    names = labels_of(load_service(read_folder(SAMPLE)).flow)
    assert (names["front_desk"]["en"], names["feedback"]["en"]) == ("Front desk", "Praise and complaints")
