"""A template with a message's parameters in it. Pure."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.bots.consents.consent_words import STOP
from amanat.gateway.bots.model import Choice, Words
from amanat.gateway.cloud_api.composing import Composed, MediaField, MediaRef, media_ref
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.notation import joined, marked, words_of
from amanat.gateway.cloud_api.reading import read
from amanat.gateway.cloud_api.templates import BODY, Button, Component, Template, filled, variables

_LONGEST_INDEX: Final = 4
_MEDIA: Final = {"IMAGE": "image", "VIDEO": "video", "DOCUMENT": "document"}


class _Money(Struct):
    fallback_value: str


class _Parameter(Struct):
    type: str = "text"
    text: str | None = None
    parameter_name: str | None = None
    payload: str | None = None
    currency: _Money | None = None
    date_time: _Money | None = None
    image: MediaField | None = None
    video: MediaField | None = None
    document: MediaField | None = None


class _Given(Struct):
    type: str
    parameters: list[_Parameter] | None = None
    sub_type: str | None = None
    index: str | int | None = None


class _Language(Struct):
    code: str


class Wanted(Struct):
    """Which template a message is."""

    name: str
    language: _Language
    components: list[Any] | None = None


def wanted(value: object) -> Wanted:
    """Read which template a message is."""
    return read(value, Wanted, at="template")


def fill(template: Template, asked: Wanted) -> Composed:
    """Compose a message of a template; raises what of its parameters does not fit, by its name."""
    given = read(asked.components or [], list[_Given], at="template.components")
    header, media = _header(template, _parameters(given, "header"))
    body = _text(template.part("BODY"), _parameters(given, "body"), template=template)
    if len(body) > BODY:
        raise GraphError(132005, f"The body has {len(body)} characters with its parameters; {BODY} is the most.")
    footer = template.part("FOOTER")
    words = joined(header, words_of(body), marked(footer.text, "em") if footer else Words(text=""))
    # Whoever gets an offer can say there that it was the last: no business can leave that away.
    way_out = (STOP,) if template.category == "MARKETING" else ()
    return Composed(words=words, media=media, choices=(*_choices(template, given), *way_out), style="template")


def _parameters(given: Sequence[_Given], kind: str) -> list[_Parameter]:
    return [each for part in given if part.type.lower() == kind for each in part.parameters or ()]


def _header(template: Template, given: list[_Parameter]) -> tuple[Words, MediaRef | None]:
    part = template.part("HEADER")
    if part is None:
        _check_count([], given, at="header")
        return Words(text=""), None
    if part.format == "TEXT":
        return marked(_text(part, given, template=template), "strong"), None
    _check_count([part.format], given, at="header")
    kind = _MEDIA[part.format]
    field = getattr(given[0], kind)
    if field is None:
        raise GraphError(132012, f"header: the parameter must be of type {kind}.")
    return Words(text=""), media_ref(kind, field, at=f"template.components.header.{kind}")  # type: ignore[arg-type] # a value of _MEDIA


def _text(part: Component | None, given: list[_Parameter], *, template: Template) -> str:
    if part is None:
        return ""
    at, names = part.type.lower(), variables(part.text)
    _check_count(names, given, at=at)
    if template.parameter_format == "NAMED":
        values = {each.parameter_name or "": _value(each, at=at) for each in given}
        missing = [name for name in names if name not in values]
        if missing:
            raise GraphError(132000, f"{at}: there is no parameter with parameter_name {missing[0]}.")
    else:
        values = {name: _value(each, at=f"{at} {{{{{name}}}}}") for name, each in zip(names, given, strict=True)}
    return filled(part.text, values)


def _check_count(names: Sequence[str], given: Sequence[object], *, at: str) -> None:
    if len(names) != len(given):
        raise GraphError(
            132000, f"{at}: number of localizable_params ({len(given)}) does not match the expected ({len(names)})."
        )


def _value(given: _Parameter, *, at: str) -> str:
    money = given.currency or given.date_time
    value = money.fallback_value if money else given.text
    if value is None:
        raise GraphError(132012, f"{at}: the parameter must be of type text, currency or date_time.")
    if not value.strip():
        raise GraphError(131008, f"{at}: the text of the parameter is empty.")
    return value


def _choices(template: Template, given: Sequence[_Given]) -> tuple[Choice, ...]:
    part = template.part("BUTTONS")
    if part is None:
        return ()
    by_index = {int(each.index or 0): each.parameters or [] for each in given if _is_of_button(each)}
    return tuple(
        choice
        for index, button in enumerate(part.buttons)
        if (choice := _choice(button, by_index.get(index, []), index=index)) is not None
    )


def _is_of_button(given: _Given) -> bool:
    index = str(given.index or 0)
    return given.type.lower() == "button" and index.isascii() and index.isdigit() and len(index) <= _LONGEST_INDEX


def _choice(button: Button, given: list[_Parameter], *, index: int) -> Choice | None:
    if button.type == "QUICK_REPLY":
        payload = given[0].payload if given else None
        return Choice(label=button.text, data=payload or button.text)
    if button.type == "URL":
        names = variables(button.url)
        _check_count(names, given, at=f"button {index}")
        return Choice(
            label=button.text, url=filled(button.url, {name: _value(given[0], at=f"button {index}") for name in names})
        )
    return Choice(label=button.text, url=f"tel:{button.phone_number}")
