"""Templates: what a message outside the window may be, checked by rules as soon as it is made. Pure.

Source: developers.facebook.com, "Message templates". There is no reviewer: what keeps the rules is approved.
"""

import re
from collections.abc import Sequence
from typing import Any, Final, Literal, TypeAlias, get_args

from msgspec import Struct

from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.reading import one_of, read

Category: TypeAlias = Literal["UTILITY", "MARKETING", "AUTHENTICATION"]
Format: TypeAlias = Literal["POSITIONAL", "NAMED"]
Status: TypeAlias = Literal["APPROVED", "REJECTED"]

CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
FORMATS: Final[tuple[Format, ...]] = get_args(Format)
MOST: Final = 250
"""Of one business, as Meta has it for those it has not verified: they are kept as one row."""
BODY, HEADER, FOOTER, BUTTON, BUTTONS = 1024, 60, 60, 25, 10

_NAME: Final = re.compile(r"[a-z0-9_]{1,512}", re.ASCII)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?", re.ASCII)
_VARIABLE: Final = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")
_MEDIA_HEADERS: Final = ("IMAGE", "VIDEO", "DOCUMENT")
_BUTTON_TYPES: Final = ("QUICK_REPLY", "URL", "PHONE_NUMBER")


class Button(Struct, frozen=True, omit_defaults=True):
    """A button under a template. A `url` may end with one variable."""

    type: str
    text: str = ""
    url: str = ""
    phone_number: str = ""


class Component(Struct, frozen=True, omit_defaults=True):
    """A part of a template."""

    type: str
    format: str = ""
    text: str = ""
    buttons: tuple[Button, ...] = ()
    example: dict[str, Any] | None = None


class Template(Struct, frozen=True, kw_only=True):
    """A template in one language."""

    number: int
    name: str
    language: str
    category: Category
    status: Status
    components: tuple[Component, ...]
    parameter_format: Format = "POSITIONAL"
    rejected_reason: str = "NONE"

    def part(self, kind: str) -> Component | None:
        """Return its header, body, footer or buttons."""
        return next((part for part in self.components if part.type == kind), None)


class Asked(Struct):
    """What a bot asks to be made."""

    name: str
    language: str
    category: str
    components: list[Component]
    parameter_format: str = "POSITIONAL"


def make(fields: object, *, number: int) -> Template:
    """Make a template; one that breaks a rule of content is rejected, and one without sense is refused."""
    asked = read(fields, Asked, at="")
    if not _NAME.fullmatch(asked.name):
        raise GraphError(100, "Param name must be of a-z, 0-9 and _.")
    if not _LANGUAGE.fullmatch(asked.language):
        raise GraphError(100, "Param language must be a code such as id or en_US.")
    category = one_of(asked.category, CATEGORIES, at="category")
    named = one_of(asked.parameter_format or "POSITIONAL", FORMATS, at="parameter_format")
    parts = tuple(_normal(part) for part in asked.components)
    _check_shape(parts)
    reason = next((reason for part in parts if (reason := _reason(part, named))), "NONE")
    return Template(
        number=number,
        name=asked.name,
        language=asked.language,
        category=category,
        status="APPROVED" if reason == "NONE" else "REJECTED",
        components=parts,
        parameter_format=named,
        rejected_reason=reason,
    )


def variables(text: str) -> list[str]:
    """Return the variables of a text, each once, in their order."""
    return list(dict.fromkeys(_VARIABLE.findall(text)))


def filled(text: str, values: dict[str, str]) -> str:
    """Return a text with its variables replaced; every one must have its value."""
    return _VARIABLE.sub(lambda found: values[found[1]], text)


def _normal(part: Component) -> Component:
    buttons = tuple(
        Button(type=button.type.upper(), text=button.text, url=button.url, phone_number=button.phone_number)
        for button in part.buttons
    )
    kind, named = part.type.upper(), part.format.upper()
    return Component(
        type=kind,
        format=named or ("TEXT" if kind == "HEADER" else ""),
        text=part.text,
        buttons=buttons,
        example=part.example,
    )


def _check_shape(parts: Sequence[Component]) -> None:
    kinds = [part.type for part in parts]
    unknown = set(kinds) - {"HEADER", "BODY", "FOOTER", "BUTTONS"}
    if unknown:
        raise GraphError(100, f"Components of type {min(unknown)} are not offered here.")
    if kinds.count("BODY") != 1 or len(set(kinds)) != len(kinds):
        raise GraphError(100, "Param components must have one BODY, and each other type once at most.")
    for part in parts:
        _check_part(part)


def _check_part(part: Component) -> None:
    limits = {"BODY": BODY, "HEADER": HEADER, "FOOTER": FOOTER}
    is_text = part.type in limits and part.format not in _MEDIA_HEADERS
    if part.type == "HEADER" and part.format not in ("TEXT", *_MEDIA_HEADERS):
        raise GraphError(100, f"Headers of format {part.format} are not offered here.")
    if is_text and not part.text.strip():
        raise GraphError(131008, f"The parameter text of the {part.type} is required.")
    if is_text and len(part.text) > limits[part.type]:
        raise GraphError(100, f"The text of the {part.type} must be at most {limits[part.type]} characters long.")
    if part.type == "BUTTONS":
        _check_buttons(part.buttons)


def _check_buttons(buttons: Sequence[Button]) -> None:
    if not 1 <= len(buttons) <= BUTTONS:
        raise GraphError(100, f"Param buttons must have 1 to {BUTTONS} buttons.")
    for button in buttons:
        if button.type not in _BUTTON_TYPES:
            raise GraphError(100, f"Buttons of type {button.type} are not offered here.")
        if not 1 <= len(button.text) <= BUTTON:
            raise GraphError(100, f"The text of a button must have 1 to {BUTTON} characters.")
        if button.type == "URL" and not button.url.startswith(("https://", "http://")):
            raise GraphError(100, "The url of a button must be a web address.")


def _reason(part: Component, named: Format) -> str:
    """Return why Meta's reviewers would reject a part; nothing if they would not."""
    if part.type not in ("BODY", "HEADER") or not part.text:
        return ""
    found = variables(part.text)
    if "{{" in _VARIABLE.sub("", part.text):
        return "INVALID_FORMAT"
    if named == "POSITIONAL" and found != [str(index) for index in range(1, len(found) + 1)]:
        return "INVALID_FORMAT"
    if named == "NAMED" and any(name.isdigit() or not name.islower() for name in found):
        return "INVALID_FORMAT"
    bare = part.text.strip()
    at_an_edge = part.type == "BODY" and (bare.startswith("{{") or bare.endswith("}}"))
    return "INVALID_FORMAT" if at_an_edge or (part.type == "HEADER" and len(found) > 1) else ""
