"""YAML keeps what was written, and its lines; what flows have no use for is refused."""

import pytest

from amanat.gateway.office_files.problems import FilesRefused, Findings
from amanat.gateway.office_files.yaml_nodes import Node, read_yaml


def refused(text: str) -> str:
    findings = Findings()
    read_yaml("flow.yaml", text, findings=findings)
    with pytest.raises(FilesRefused) as error:
        findings.refuse()
    return str(error.value)


def test_nothing_is_made_of_what_was_written() -> None:
    node = read_yaml("flow.yaml", "a: 08:30\nb: no\nc:\n  - 010\n", findings=Findings())
    assert node == Node({"a": Node("08:30", 1), "b": Node("no", 2), "c": Node([Node("010", 4)], 3)}, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", "flow.yaml:3: 'a' stands here a second time; one of the two would be lost."),
        ("a: 1\n b: 2\n", "flow.yaml:2: This is not YAML: mapping values are not allowed here."),
        ("a: 1\nb: [1\n", "flow.yaml:3: This is not YAML: "),
        ("a: &x 1\n", "flow.yaml:1: '&' and '*' at the start of a value are not used here: quote it."),
        ("a: 1\nb: *x\n", "flow.yaml:2: '&' and '*' at the start"),
        ("a: !!python/object:os.system 1\n", "flow.yaml:1: 'tag:yaml.org,2002:python/object:os.system' is not used"),
        ("a: !secret 1\n", "flow.yaml:1: '!secret' is not used here: quote the value."),
        ("", "flow.yaml:1: This file is empty."),
        ("a: \x01", "flow.yaml:1: This file holds a character that no text has."),
        ("[" * 5000, "flow.yaml:1: This is nested deeper than anything that belongs here."),
        ("a: 1\n---\nb: 2\n", "flow.yaml:3: This file is one document: leave out the '---' above this line."),
        ("? [a]\n: 1\n", "flow.yaml:1: A key has to be a word."),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, sentence: str) -> None:
    assert refused(text).startswith(sentence)
