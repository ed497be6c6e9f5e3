"""A form as it lies inside an encrypted message: screens, what stands on them, and what follows. Pure data.

Values are data or name data: nothing in a form is ever run. What names an answer, or something a screen was given, says
on which screen; whoever fills a form in and whoever checks it look it up alike (web: `viewmodels/forms`).
"""

from typing import Any, Final, Literal, TypeAlias, Union

from msgspec import Struct

from amanat.core.identifiers import NAMESPACE

FORM: Final = f"{NAMESPACE}.form"
"""The key of a message's content that a form stands under."""
FORM_ANSWER: Final = f"{NAMESPACE}.form_answer"
"""The same, of what somebody filled in."""
VERSION: Final = 1

MOST_BYTES: Final = 40_000
"""Of a form as JSON with what it is given. Encrypted and in base64 it fits an event, which has 65,536 bytes."""
SCREENS, PARTS, OPTIONS = 20, 50, 200
ANSWER: Final = 4096
"""Of one answer, in characters."""
PICTURE: Final = 30_000
"""Of a picture in base64, in characters."""

Kind: TypeAlias = Literal[
    "heading", "subheading", "body", "caption", "picture", "link",
    "line", "lines", "one", "many", "yes", "date", "dates",
]  # fmt: skip
Input: TypeAlias = Literal["text", "number", "email", "password", "passcode", "phone"]
How: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]


class Answer(Struct, frozen=True, tag_field="$", tag="answer"):
    """What was answered on a screen."""

    screen: str
    name: str


class Given(Struct, frozen=True, tag_field="$", tag="given"):
    """What a screen was given when it was opened."""

    screen: str
    name: str


class Join(Struct, frozen=True, tag_field="$", tag="join"):
    """Texts one after the other."""

    parts: "tuple[Value, ...]"


class Compare(Struct, frozen=True, tag_field="$", tag="compare"):
    """Whether two values stand so to each other."""

    how: How
    left: "Value"
    right: "Value"


class Every(Struct, frozen=True, tag_field="$", tag="every"):
    """Whether all are true."""

    parts: "tuple[Value, ...]"


class Some(Struct, frozen=True, tag_field="$", tag="some"):
    """Whether one is true."""

    parts: "tuple[Value, ...]"


class Negated(Struct, frozen=True, tag_field="$", tag="not"):
    """Whether something is not true."""

    part: "Value"


Value = Union[None, bool, int, float, str, list[Any], Answer, Given, Join, Compare, Every, Some, Negated]  # noqa: UP007 - it names itself


class Option(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing to choose."""

    id: str
    title: Value
    description: Value = ""
    enabled: Value = True


class Part(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What stands on a screen: words and pictures, or a field, which has a `name`.

    `when`: it is there; `text`: what it says, or the field's label. `least` and `most` are characters, chosen things or
    days; `first`, `last` and `closed` are days as `2026-11-23`. `start`: what is in the field at first.
    """

    kind: Kind
    text: Value = ""
    name: str = ""
    when: Value = True
    required: Value = False
    enabled: Value = True
    helper: Value = ""
    start: Value = None
    input: Input = "text"
    least: Value = None
    most: Value = None
    options: tuple[Option, ...] | Given = ()
    look: Literal["", "buttons"] = ""
    first: Value = None
    last: Value = None
    closed: Value = None
    weekdays: tuple[int, ...] = ()
    url: str = ""
    source: str = ""
    mimetype: str = ""


class Footer(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The button of a screen. `to`: the screen that it opens and gives `gives`; none: then `gives` is what is sent."""

    label: Value
    when: Value = True
    enabled: Value = True
    to: str = ""
    gives: dict[str, Value] = {}


class Screen(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One page. Of several footers the first that is there counts. `takes`: the names of what it must be given.

    `secret`: names of fields that are not shown once they are sent.
    """

    id: str
    title: str = ""
    parts: tuple[Part, ...] = ()
    footers: tuple[Footer, ...] = ()
    takes: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()


FIELDS: Final[frozenset[Kind]] = frozenset({"line", "lines", "one", "many", "yes", "date", "dates"})
"""The kinds that ask for an answer."""
