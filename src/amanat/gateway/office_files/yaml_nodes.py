"""YAML as a clerk means it: every value is the text that was written, and every key knows its line.

YAML's own types are left out on purpose: they turn 08:30 into 510 and `no` into False.
"""

from collections.abc import Iterator
from typing import Final

import yaml
from msgspec import Struct

from amanat.gateway.office_files.problems import Findings

MAX_DEPTH: Final = 8
"""The deepest value of any of these files lies six levels down."""

_TAGS: Final = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))


class Node(Struct, frozen=True):
    """A value, and the line of its key, or its own line where it has none."""

    value: "str | list[Node] | dict[str, Node]"
    line: int


class _TooDeep(Exception):
    """Nothing that a clerk writes is nested like this; reading on could exhaust the stack."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def read_yaml(file: str, text: str, *, findings: Findings) -> Node | None:
    """Read one document, or say why it cannot be read."""
    try:
        return _Reader(file, text, findings).document()
    except yaml.MarkedYAMLError as error:
        line = getattr(error.problem_mark, "line", 0) + 1
        findings.add(file, line, sentence=f"This is not YAML: {error.problem}. Look at the indentation and the colons.")
    except _TooDeep as deep:
        findings.add(file, deep.line, sentence="This is nested deeper than anything that belongs here.")
    except yaml.YAMLError:
        findings.add(file, 1, sentence="This file holds a character that no text has. Save it again as plain text.")
    return None


class _Reader:
    """Makes nodes of what PyYAML's parser meets, in one pass."""

    def __init__(self, file: str, text: str, findings: Findings) -> None:
        self._file = file
        self._findings = findings
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.BaseLoader)

    def document(self) -> Node | None:
        node: Node | None = None
        for event in self._events:
            if not isinstance(event, yaml.NodeEvent):
                continue
            if node:
                self._say(event, "This file is one document: leave out the '---' above this line.")
                return node
            node = self._node(event, depth=1)
        if node is None:
            self._findings.add(self._file, 1, sentence="This file is empty.")
        return node

    def _node(self, event: yaml.Event, *, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise _TooDeep(_line(event))
        if getattr(event, "anchor", None):
            self._say(event, "'&' and '*' at the start of a value are not used here: quote it.")
        elif (tag := getattr(event, "tag", None)) and tag not in _TAGS:
            self._say(event, f"'{tag}' is not used here: quote the value.")
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(self._items(depth), _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return Node(self._entries(depth), _line(event))
        return Node(str(getattr(event, "value", "")).strip(), _line(event))

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event, depth=depth + 1))
        return items

    def _entries(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(key := next(self._events), yaml.MappingEndEvent):
            name = self._node(key, depth=depth + 1).value
            value = self._node(next(self._events), depth=depth + 1).value
            if not isinstance(name, str):
                self._say(key, "A key has to be a word.")
            elif name in entries:
                self._say(key, f"'{name}' stands here a second time; one of the two would be lost.")
            else:
                entries[name] = Node(value, _line(key))
        return entries

    def _say(self, event: yaml.Event, sentence: str) -> None:
        self._findings.add(self._file, _line(event), sentence=sentence)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
