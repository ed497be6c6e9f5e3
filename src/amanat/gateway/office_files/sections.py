"""One block of a file, read key by key: what is unknown, missing or of the wrong shape is said with its line."""

import re
from collections.abc import Collection
from typing import Final

from amanat.gateway.office_files.problems import Findings, suggestion
from amanat.gateway.office_files.yaml_nodes import Node

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
"""What steps, texts and variables are called."""

_DURATION: Final = re.compile(r"(\d{1,4}) ?([a-z]+)")
_SECOND_MS: Final = 1000
_UNITS: Final = {
    **dict.fromkeys(("second", "detik"), _SECOND_MS),
    **dict.fromkeys(("minute", "menit"), 60 * _SECOND_MS),
    **dict.fromkeys(("hour", "jam"), 3600 * _SECOND_MS),
    **dict.fromkeys(("day", "hari"), 24 * 3600 * _SECOND_MS),
}
_YES: Final = frozenset({"yes", "true", "ya"})
_NO: Final = frozenset({"no", "false", "tidak"})


class Section:
    """A block of keys and values. `what` is how a sentence calls it: "the step 'welcome'"."""

    def __init__(self, node: Node, *, file: str, what: str, findings: Findings) -> None:
        self.file = file
        self.line = node.line
        self.what = what
        self.findings = findings
        self._entries: dict[str, Node] = {}
        if isinstance(node.value, dict):
            self._entries = node.value
        else:
            self.say(f"{what} needs lines of the form 'key: value' below it.", line=node.line)

    @property
    def keys(self) -> Collection[str]:
        return self._entries.keys()

    def say(self, sentence: str, *, line: int | None = None) -> None:
        """Note a problem, at the section's own line unless another is known."""
        self.findings.add(self.file, self.line if line is None else line, sentence=sentence[:1].upper() + sentence[1:])

    def line_of(self, key: str) -> int:
        return self._entries[key].line if key in self._entries else self.line

    def allow(self, *known: str) -> None:
        """Refuse every key that is not one of these."""
        for key, node in self._entries.items():
            if key not in known:
                self.say(f"'{key}' is not known in {self.what}.{suggestion(key, known)}", line=node.line)

    def is_block(self, key: str) -> bool:
        """Whether there are lines of 'key: value' below a key."""
        node = self._entries.get(key)
        return node is not None and isinstance(node.value, dict)

    def text(self, key: str, *, required: bool = False) -> str:
        """Return one piece of text, '' where there is none."""
        node = self._entries.get(key)
        if node is None:
            if required:
                self.say(f"{self.what} needs '{key}'.")
            return ""
        if not isinstance(node.value, str) or not node.value:
            self.say(f"'{key}' needs one word or text after the colon.", line=node.line)
            return ""
        return node.value

    def name(self, key: str, *, required: bool = False) -> str:
        """Return the name of something: small letters, digits and underscores."""
        word = self.text(key, required=required)
        if word:
            self._check_name(word, line=self.line_of(key))
        return word

    def names(self, key: str) -> tuple[str, ...]:
        """Return one name or a list of them."""
        words = self.texts(key)
        for word in words:
            self._check_name(word, line=self.line_of(key))
        return words

    def texts(self, key: str) -> tuple[str, ...]:
        """Return one piece of text or a list of them, as a tuple."""
        node = self._entries.get(key)
        if node is None:
            return ()
        if isinstance(node.value, str):
            return (self.text(key),) if self.text(key) else ()
        words = [item.value for item in node.value if isinstance(item, Node) and isinstance(item.value, str)]
        if isinstance(node.value, dict) or len(words) != len(node.value) or not words:
            self.say(f"'{key}' needs a word, or a list of words like [one, two].", line=node.line)
        return tuple(words)

    def pairs(self, key: str) -> dict[str, str]:
        """Return a block of 'word: word' lines."""
        section = self.section(key)
        return {name: section.text(name) for name in section.keys} if section else {}

    def section(self, key: str, *, what: str | None = None) -> "Section | None":
        """Return the block below a key."""
        node = self._entries.get(key)
        if node is None:
            return None
        return Section(node, file=self.file, what=what or f"'{key}'", findings=self.findings)

    def sections(self, key: str, *, what: str) -> "dict[str, Section]":
        """Return named blocks below a key; `what` is how one of them is called: "the step"."""
        section = self.section(key)
        if section is None:
            return {}
        below = {}
        for name in section.keys:
            section._check_name(name, line=section.line_of(name))
            if found := section.section(name, what=f"{what} '{name}'"):
                below[name] = found
        return below

    def whole_number(self, key: str, *, default: int) -> int:
        word = self.text(key)
        if not word:
            return default
        if not re.fullmatch(r"\d{1,6}", word, re.ASCII):
            self.say(f"'{key}' needs a whole number, not '{word}'.", line=self.line_of(key))
            return default
        return int(word)

    def yes(self, key: str) -> bool:
        """Return whether the key says yes; a key that is not there says no."""
        word = self.text(key).casefold()
        if word and word not in _YES | _NO:
            self.say(f"'{key}' needs yes or no, not '{word}'.", line=self.line_of(key))
        return word in _YES

    def duration_ms(self, key: str) -> int | None:
        """Return a time such as '30 minutes'."""
        word = self.text(key)
        return self._duration(key, word) if word else None

    def durations_ms(self, key: str) -> tuple[int, ...]:
        """Return one time or a list of them."""
        return tuple(found for word in self.texts(key) if (found := self._duration(key, word)))

    def _check_name(self, word: str, *, line: int) -> None:
        if not NAME.fullmatch(word):
            sentence = f"'{word}' cannot be a name: use small letters, digits and '_', and begin with a letter."
            self.say(sentence, line=line)

    def _duration(self, key: str, word: str) -> int | None:
        duration = duration_of(word)
        if duration is None:
            self.say(f"'{key}' needs a time such as '30 minutes' or '2 hours', not '{word}'.", line=self.line_of(key))
        return duration


def duration_of(text: str) -> int | None:
    """Return the milliseconds of a time such as '30 minutes'; None if it is none."""
    match = _DURATION.fullmatch(text.casefold())
    unit = _UNITS.get(match[2]) or _UNITS.get(match[2].removesuffix("s")) if match else None
    return int(match[1]) * unit or None if match and unit else None
