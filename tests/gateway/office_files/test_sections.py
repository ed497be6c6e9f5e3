"""Values of a block: their shapes, and times that people write."""

import pytest

from amanat.gateway.office_files.problems import FilesRefused, Findings
from amanat.gateway.office_files.sections import Section, duration_of
from amanat.gateway.office_files.yaml_nodes import read_yaml


def section(text: str) -> Section:
    findings = Findings()
    node = read_yaml("flow.yaml", text, findings=findings)
    assert node
    return Section(node, file="flow.yaml", what="this block", findings=findings)


def problems(of: Section) -> list[str]:
    with pytest.raises(FilesRefused) as refused:
        of.findings.refuse()
    return list(map(str, refused.value.problems))


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("30 minutes", 1_800_000),
        ("1 minute", 60_000),
        ("90 detik", 90_000),
        ("2 jam", 7_200_000),
        ("1 day", 86_400_000),
        ("0 minutes", None),
        ("30", None),
        ("soon", None),
        ("99999 days", None),
    ],
)
def test_times_are_written_as_people_say_them(text: str, milliseconds: int | None) -> None:
    assert duration_of(text) == milliseconds


def test_one_word_may_stand_for_a_list_of_one() -> None:
    assert section("say: one").texts("say") == ("one",)
    assert section("say: [one, two]").texts("say") == ("one", "two")
    assert section("say: one").texts("other") == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("say: [one, [two]]", "flow.yaml:1: 'say' needs a word, or a list of words like [one, two]."),
        ("say: []", "flow.yaml:1: 'say' needs a word, or a list of words like [one, two]."),
        ("say: {a: b}", "flow.yaml:1: 'say' needs a word, or a list of words like [one, two]."),
        ("say:", "flow.yaml:1: 'say' needs one word or text after the colon."),
    ],
)
def test_a_value_of_the_wrong_shape_is_told(text: str, sentence: str) -> None:
    block = section(text)
    block.texts("say")
    assert problems(block) == [sentence]


def test_a_text_where_a_block_is_needed_is_told() -> None:
    block = section("steps: none")
    assert block.sections("steps", what="the step") == {}
    assert problems(block) == ["flow.yaml:1: 'steps' needs lines of the form 'key: value' below it."]


def test_a_block_below_has_a_name_that_can_be_referred_to() -> None:
    block = section("steps:\n  First Step: {say: x}")
    block.sections("steps", what="the step")
    assert problems(block)[0].startswith("flow.yaml:2: 'First Step' cannot be a name")
