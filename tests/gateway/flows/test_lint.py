"""Each mistake is refused with its file, its line and a sentence."""

import pytest

from amanat.gateway.flows.loading import load
from amanat.gateway.office_files.problems import FilesRefused
from tests.gateway.flows import quiz
from tests.gateway.flows.sample import changed

MISTAKES = [
    # Names
    (
        "flow.yaml",
        "  sorry:\n",
        "  language: {say: sorry, go: welcome}\n  sorry:\n",
        "flow.yaml:63: 'language' is the name of the bot's own menu of languages: call this step otherwise.",
    ),
    (
        "flow.yaml",
        "ask: name",
        "ask: fees",
        "flow.yaml:69: 'fees' is a table already: call the answer otherwise.",
    ),
    (
        "flow.yaml",
        "save: kind",
        "save: office",
        "flow.yaml:86: 'office' is a calendar already: call the answer otherwise.",
    ),
    (
        "flow.yaml",
        "ask: name",
        "ask: max",
        "flow.yaml:69: 'max' is a limit of the question already: call the answer otherwise.",
    ),
    # Ways
    (
        "flow.yaml",
        "  goodbye:\n",
        "  lonely: {say: goodbye, go: welcome}\n  goodbye:\n",
        "flow.yaml:112: No step leads to 'lonely': nobody would ever see it.",
    ),
    (
        "flow.yaml",
        "say: sorry\n    go: welcome",
        "say: sorry\n    go: fees2\n  fees2:\n    say: sorry\n    go: sorry",
        "flow.yaml:63: These steps go round without waiting for the person: sorry -> fees2 -> sorry.",
    ),
    # Texts
    ("texts/en.md", "## tell\n", "## tel\n", "texts/en.md:1: '## tell' is missing; texts/id.md has it in line 16."),
    ("texts/en.md", "## tell\n", "## tel\n", "texts/en.md:16: Nothing says the text 'tel'. Did you mean 'tell'?"),
    (
        "flow.yaml",
        "say: booked",
        "say: boked",
        "flow.yaml:83: There is no text 'boked' in texts/id.md. Did you mean 'booked'?",
    ),
    ("texts/id.md", "Maaf, belum bisa.", "x" * 4097, "texts/id.md:22: 'sorry' has 4097 characters, 4096 at most."),
    (
        "flow.yaml",
        "languages: [id, en]",
        "languages: [id, en, jv]",
        "texts/jv.md:1: The bot needs '## not_understood' in this language, too.",
    ),
    # Variables
    ("texts/id.md", "{thing}", "{thin}", "texts/id.md:30: The variable '{thin}' is not known. Did you mean 'thing'?"),
    (
        "texts/en.md",
        "{complaint.number}",
        "{complaint.numbr}",
        "texts/en.md:45: The variable '{complaint.numbr}' is not known. Did you mean 'complaint.number'?",
    ),
    (
        "texts/en.md",
        "Thank you.",
        "Thank\nyou {Name}.",
        "texts/en.md:52: '{Name}' is not a variable: braces hold a name, such as {name}.",
    ),
    (
        "texts/en.md",
        "Thank you.",
        "Thank you {",
        "texts/en.md:51: '{' is not a variable: braces hold a name, such as {name}.",
    ),
    (
        "texts/en.md",
        "Sorry, not yet.",
        "Sorry, {name}.",
        "flow.yaml:63: 'sorry' uses {name}, but there is a way to it from 'welcome' that does not set it.",
    ),
    (
        "flow.yaml",
        "with: [name]",
        "with: [nama]",
        "flow.yaml:76: The variable 'nama' is not known. Did you mean 'name'?",
    ),
    # Tables and connectors
    ("flow.yaml", "table: papers", "table: paper", "flow.yaml:10: There is no table 'paper'. Did you mean 'papers'?"),
    (
        "flow.yaml",
        "gives: [status]",
        "gives: [stat]",
        "flow.yaml:10: tables/papers.csv has no column 'stat'. Did you mean 'status'?",
    ),
    # Questions and decisions
    (
        "flow.yaml",
        "    secret: yes\n",
        "",
        "flow.yaml:30: 'nik' looks like an identity number: add 'secret: yes', so that it is not kept.",
    ),
    (
        "flow.yaml",
        "decide: paper.status",
        "decide: paper.state",
        "flow.yaml:44: There is no variable or calendar 'paper.state'. Did you mean 'paper.status'?",
    ),
    (
        "flow.yaml",
        "      open: with_staff",
        "      opn: with_staff",
        "flow.yaml:101: 'office' is never 'opn'. Did you mean 'open'?",
    ),
    (
        "flow.yaml",
        "hand_over: front\n",
        "hand_over: front\n    with: [nam]\n",
        "flow.yaml:106: The variable 'nam' is not known. Did you mean 'name'?",
    ),
    (
        "flow.yaml",
        "hand_over: front\n",
        "hand_over: front\n    with: [nik]\n",
        "flow.yaml:106: 'nik' is secret, and the staff are not shown it: leave it out of 'with'.",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), MISTAKES)
def test_a_mistake_is_told_with_its_place(file: str, old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(changed(file, old, new))
    assert sentence in map(str, refused.value.problems), refused.value


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("      1: all\n", "      many: all\n", "flow.yaml:33: 'score' is a number, and never 'many'."),
        (
            "    from: 0\n",
            "",
            "flow.yaml:19: 'begin' uses {score}, but there is a way to it from 'welcome' that does not set it.",
        ),
    ],
)
def test_a_mistake_in_counting_is_told_with_its_place(old: str, new: str, sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load(quiz.changed("flow.yaml", old, new))
    assert sentence in map(str, refused.value.problems), refused.value
