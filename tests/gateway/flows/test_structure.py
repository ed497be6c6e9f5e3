"""What is wrong in flow.yaml by itself."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.sample import changed

MISTAKES = [
    ("human: staff", "humans: staff", "flow.yaml:5: 'humans' is not known in this file. Did you mean 'human'?"),
    (
        "flow: kantor-contoh",
        "flow: Kantor Contoh",
        "flow.yaml:1: 'Kantor Contoh' cannot be a flow's name: use small letters, digits and '-'.",
    ),
    ("flow: kantor-contoh\n", "", "flow.yaml:1: This file needs 'flow'."),
    ("title: {id: Kantor Contoh, en: Sample Office}", "title: {id: Kantor Contoh}", "flow.yaml:2: 'title' needs 'en'."),
    (
        "title: {id: Kantor Contoh, en: Sample Office}\n",
        "",
        "flow.yaml:1: A flow needs 'title', with a line for each language.",
    ),
    (
        "languages: [id, en]\n",
        "",
        "flow.yaml:1: A flow needs 'languages', such as [id, en]; the first is spoken until a person chooses.",
    ),
    ("languages: [id, en]", "languages: [id, English]", "flow.yaml:3: 'English' is no language: write id, or en."),
    ("start: welcome", "start: wellcome", "flow.yaml:4: There is no step 'wellcome'. Did you mean 'welcome'?"),
    ("start: welcome\n", "", "flow.yaml:1: This file needs 'start'."),
    ("human: staff", "human: stuff", "flow.yaml:5: There is no step 'stuff'. Did you mean 'staff'?"),
    (
        "human: staff",
        "human: staff\nzone: Jakarta",
        "flow.yaml:6: 'Jakarta' is no time zone: write Asia/Jakarta, Asia/Makassar or Asia/Jayapura.",
    ),
    (
        "human: staff",
        "human: staff\nidle: 30",
        "flow.yaml:6: 'idle' needs a time such as '30 minutes' or '2 hours', not '30'.",
    ),
    (
        "human: staff",
        "human: staff\nwords: {menu: ['0']}",
        "flow.yaml:6: '0' may be the answer to a question: a word that works anywhere needs a letter.",
    ),
    (
        "human: staff",
        "human: staff\nwords: {meny: [x]}",
        "flow.yaml:6: 'meny' is not known in 'words'. Did you mean 'menu'?",
    ),
    (
        "    gives: [status]\n  permit",
        "  permit",
        "flow.yaml:10: The connector 'paper' needs 'needs' and 'gives': what it is told, and what it tells.",
    ),
    (
        '    open: {mon-fri: "08:00-15:00"}\n',
        "",
        "flow.yaml:18: The calendar 'office' needs 'open', with lines such as 'mon-fri: 08:00-15:00'.",
    ),
    (
        "say: tell\n    go: welcome",
        "say: tell\n    go: welcom",
        "flow.yaml:51: There is no step 'welcom'. Did you mean 'welcome'?",
    ),
    ("      fees: fees", "      fees: feees", "flow.yaml:26: There is no step 'feees'. Did you mean 'fees'?"),
    ("      ready: tell", "      ready: tel", "flow.yaml:47: There is no step 'tel'. Did you mean 'tell'?"),
]


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_its_line(old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed("flow.yaml", old, new))
    assert sentence in map(str, refused.value.problems), refused.value
