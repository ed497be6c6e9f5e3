"""The dynamic strings of Flow JSON, `${form.name}` and what stands between backticks, as values that name data. Pure.

Nothing is run: what is no name, comparison or text is refused. Source: developers.facebook.com, "Flow JSON, Dynamic
properties" and "Nested expressions". Arithmetic is not offered.
"""

import re
from collections.abc import Callable
from typing import Any, Final

from amanat.gateway.forms.model import Answer, Compare, Every, Given, How, Join, Negated, Some, Value

LONGEST: Final = 1000
"""Of an expression, in characters."""
DEEPEST: Final = 20
_REF: Final = re.compile(r"\$\{(?:screen\.(\w{1,80})\.)?(form|data)\.([\w-]{1,80})\}", re.ASCII)
_TOKEN: Final = re.compile(
    r"\s*(?:(?P<ref>\$\{[^}]{0,200}\})|'(?P<text>(?:[^'\\]|\\.)*)'|(?P<number>-?\d{1,15}(?:\.\d{1,15})?)"
    r"|(?P<word>true|false)\b|(?P<mark>&&|\|\||[=!<>]=|[<>!()]))",
    re.S,
)
_COMPARISONS: Final[tuple[How, ...]] = ("==", "!=", "<", "<=", ">", ">=")


class BadExpression(Exception):
    """A dynamic string that is not offered; the message says why."""


def read_value(text: str, *, screen: str) -> Value:
    """Return what a property's text stands for: itself, unless it is a dynamic string. Raises `BadExpression`."""
    if text.startswith("${") and text.endswith("}"):
        return ref(text, screen=screen)
    if len(text) > 1 and text.startswith("`") and text.endswith("`"):
        return expression(text[1:-1], screen=screen)
    return text


def ref(text: str, *, screen: str) -> Answer | Given:
    """Return what a reference names."""
    found = _REF.fullmatch(text)
    if found is None:
        raise BadExpression(f"{text[:80]} is no ${{form.name}}, ${{data.name}} or ${{screen.ID.form.name}}.")
    where, source, name = found[1] or screen, found[2], found[3]
    return Answer(where, name) if source == "form" else Given(where, name)


def expression(text: str, *, screen: str) -> Value:
    """Return what an expression stands for; texts and references beside each other are joined."""
    if len(text) > LONGEST:
        raise BadExpression(f"An expression may have {LONGEST} characters.")
    reader = _Reader(_tokens(text), screen=screen)
    parts: list[Value] = []
    while not reader.is_done:
        parts.append(reader.some(DEEPEST))
    if not parts:
        raise BadExpression("The expression is empty.")
    return parts[0] if len(parts) == 1 else Join(tuple(parts))


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at = [], 0
    text = text.rstrip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise BadExpression(f"{text[at : at + 20].strip()!r} is not offered in an expression, as no arithmetic is.")
        tokens.append((found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens from the left; `||` binds least, then `&&`, then one comparison, then `!`."""

    def __init__(self, tokens: list[tuple[str, str]], *, screen: str) -> None:
        self._tokens = tokens
        self._screen = screen
        self._at = 0

    @property
    def is_done(self) -> bool:
        return self._at >= len(self._tokens)

    def some(self, depth: int) -> Value:
        parts = self._several("||", self._every, depth)
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def _every(self, depth: int) -> Value:
        parts = self._several("&&", self._compared, depth)
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def _several(self, mark: str, read: Callable[[int], Value], depth: int) -> list[Value]:
        if depth <= 0:
            raise BadExpression(f"An expression may be {DEEPEST} deep.")
        parts = [read(depth)]
        while self._takes(mark):
            parts.append(read(depth))
        return parts

    def _compared(self, depth: int) -> Value:
        left = self._one(depth)
        for how in _COMPARISONS:
            if self._takes(how):
                return Compare(how, left, self._one(depth))
        return left

    def _one(self, depth: int) -> Value:
        if depth <= 0:
            raise BadExpression(f"An expression may be {DEEPEST} deep.")
        if self._takes("!"):
            return Negated(self._one(depth - 1))
        if self._takes("("):
            inner = self.some(depth - 1)
            if not self._takes(")"):
                raise BadExpression("A bracket is not closed.")
            return inner
        kind, word = self._next()
        if kind == "ref":
            return ref(word, screen=self._screen)
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", word, flags=re.S)
        if kind == "number":
            return float(word) if "." in word else int(word)
        if kind == "word":
            return word == "true"
        raise BadExpression(f"{word} stands where a value is expected.")

    def _next(self) -> tuple[str, str]:
        if self.is_done:
            raise BadExpression("The expression ends too early.")
        self._at += 1
        return self._tokens[self._at - 1]

    def _takes(self, mark: str) -> bool:
        if self.is_done or self._tokens[self._at] != ("mark", mark):
            return False
        self._at += 1
        return True


def names_in(value: Any) -> list[Answer | Given]:
    """Return everything that a value names."""
    match value:
        case Answer() | Given():
            return [value]
        case Join() | Every() | Some():
            return [name for part in value.parts for name in names_in(part)]
        case Compare():
            return names_in(value.left) + names_in(value.right)
        case Negated():
            return names_in(value.part)
        case _:
            return []
