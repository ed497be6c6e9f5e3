"""What is wrong in one step."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.flows.steps import KINDS
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows.sample import changed

MISTAKES = [
    (
        "    length: 16",
        "    lenght: 16",
        "flow.yaml:34: 'lenght' is not known in the step 'ask_nik'. Did you mean 'length'?",
    ),
    (
        "    say: tell\n    go: welcome",
        "    go: welcome",
        f"flow.yaml:49: The step 'tell' does nothing: it needs one of say, {', '.join(KINDS)}.",
    ),
    ("    say: tell\n    go: welcome", "    say: tell", "flow.yaml:49: The step 'tell' needs 'go'."),
    ("    say: ask_nik\n", "", "flow.yaml:30: The step 'ask_nik' needs 'say': the question."),
    ("    say: ask_kind\n", "", "flow.yaml:86: The step 'ask_kind' needs 'say': the text that stands above its menu."),
    (
        "    ask: nik\n",
        "    ask: nik\n    call: paper\n",
        "flow.yaml:30: The step 'ask_nik' does two things, 'ask' and 'call': make a step of each.",
    ),
    ("as: digits", "as: digit", "flow.yaml:33: An answer cannot be 'digit'. Did you mean 'digits'?"),
    ("as: digits", "as: text", "flow.yaml:34: 'length' goes with 'as: digits'; texts have 'max'."),
    ("length: 16", "length: long", "flow.yaml:34: 'length' needs a whole number, not 'long'."),
    ("max: 20", "max: some", "flow.yaml:72: 'max' needs a whole number, not 'some'."),
    (
        "max: 20",
        "max: some\n    as: date",
        "flow.yaml:72: 'max' needs a date such as 2026-12-31, or today, not 'some'.",
    ),
    ("secret: yes", "secret: maybe", "flow.yaml:35: 'secret' needs yes or no, not 'maybe'."),
    (
        "    go: look_up\n    otherwise: staff\n",
        "    go: look_up\n",
        "flow.yaml:30: Nobody may give a right answer: the step 'ask_nik' needs 'otherwise', the step to go to then.",
    ),
    (
        "    otherwise: ask_permit\n",
        "",
        "flow.yaml:38: The other side may not answer: the step 'look_up' needs 'otherwise', the step to go to then.",
    ),
    (
        "    otherwise: welcome\n  tell:",
        "  tell:",
        "flow.yaml:44: It may be something else: the step 'which' needs 'otherwise', the step to go to then.",
    ),
    (
        "    when:\n      ready: tell\n",
        "",
        "flow.yaml:44: The step 'which' needs 'when', with a line for each case: 'case: step'.",
    ),
    ("      found: which", "      fund: which", "flow.yaml:42: 'fund' never comes of 'call'. Did you mean 'found'?"),
    ("call: paper", "call: papers", "flow.yaml:39: There is no connector 'papers'. Did you mean 'paper'?"),
    (
        "    with: [nik]\n    when:\n      found: which",
        "    when:\n      found: which",
        "flow.yaml:38: The connector 'paper' needs nik: write 'with: [nik]'.",
    ),
    (
        "    timeout: 20 minutes\n",
        "",
        "flow.yaml:110: The step 'with_staff' goes 'otherwise' only after a 'timeout': add one.",
    ),
    (
        "    timeout: 20 minutes\n    go: welcome\n    otherwise: sorry",
        "    timeout: 20 minutes\n    go: welcome",
        "flow.yaml:106: The step 'with_staff' has a 'timeout' and needs 'otherwise', the step to go to then.",
    ),
    (
        "timeout: 20 minutes",
        "timeout: soon",
        "flow.yaml:109: 'timeout' needs a time such as '30 minutes' or '2 hours', not 'soon'.",
    ),
    ("end: yes", "end: no", "flow.yaml:114: The step 'goodbye' has 'end: no', which means nothing: leave it out."),
    (
        "    choose:\n      rude: write\n      slow: write",
        "    choose: {}",
        "flow.yaml:88: The step 'ask_kind' offers nothing to choose from.",
    ),
    (
        "    ask: name",
        "    ask: Nama",
        "flow.yaml:71: 'Nama' cannot be a name: use small letters, digits and '_', and begin with a letter.",
    ),
]


@pytest.mark.parametrize(("old", "new", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_its_line(old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed("flow.yaml", old, new))
    assert sentence in map(str, refused.value.problems), refused.value
