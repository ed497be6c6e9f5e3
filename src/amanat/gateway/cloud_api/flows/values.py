"""The properties of Flow JSON's components as values of a form. Pure."""

import re
from typing import Any, Final

from amanat.gateway.cloud_api.flows.at import At
from amanat.gateway.cloud_api.flows.expressions import BadExpression, expression, read_value
from amanat.gateway.forms.model import OPTIONS, PICTURE, Given, Option, Value

LABEL, HELPER, BODY, PAYLOAD = 200, 300, 4096, 4096
"""In characters. Meta's own are shorter: what is longer than theirs is shown here, too."""
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]+={0,2}", re.ASCII)
_PICTURES: Final = {"iVBORw0KGgo": "image/png", "/9j/": "image/jpeg", "UklGR": "image/webp"}


def dynamic(at: At, *, screen: str, most: int = BODY) -> Value:
    """Return a scalar or a dynamic string; None where there is nothing."""
    value = at.value
    if isinstance(value, str):
        return _string(at, value, screen=screen, most=most)
    if value is None or isinstance(value, bool | int | float):
        return value
    at.wrong("A text, a number or true and false are expected.", error="INVALID_PROPERTY_TYPE")
    return None


def words(at: At, *, screen: str, most: int) -> Value:
    """Return a text that must be there, dynamic or not; a list of lines is one text."""
    if isinstance(at.value, list):
        lines = [line.text(most=most) for line in at.items(most=100)]
        return "\n".join(lines)
    text = at.text(most=most)
    return _string(at, text, screen=screen, most=most) if text else ""


def payload(at: At, *, screen: str) -> dict[str, Value]:
    """Return what an action gives."""
    return {str(name)[:80]: _given(at[name], screen=screen) for name in at.fields()}


def condition(at: At, *, screen: str) -> Value:
    """Return the condition of an `If`, which has no backticks."""
    text = at.text(most=1000)
    try:
        return expression(text.strip().removeprefix("`").removesuffix("`"), screen=screen) if text else False
    except BadExpression as bad:
        at.wrong(str(bad), error="INVALID_PROPERTY_VALUE")
        return False


def options(at: At, *, screen: str) -> tuple[Option, ...] | Given:
    """Return what a field offers."""
    if isinstance(at.value, str):
        value = _string(at, at.value, screen=screen, most=200)
        if isinstance(value, Given):
            return value
        at.wrong("A list of options, or ${data.name}, is expected.", error="INVALID_PROPERTY_TYPE")
        return ()
    found = [_option(each, screen=screen) for each in at.items(most=OPTIONS)]
    if not found:
        at.wrong("There must be something to choose.")
    if len({option.id for option in found}) != len(found):
        at.wrong("Each id must differ from the others.")
    return tuple(found)


def days(at: At, *, screen: str) -> Value:
    """Return a list of days, or what names one."""
    if isinstance(at.value, list):
        return [day.text(most=10) for day in at.items(most=366)]
    return dynamic(at, screen=screen)


def weekdays(at: At) -> tuple[int, ...]:
    """Return which days of the week are offered, Monday being 0; all where nothing is said."""
    if at.value is None:
        return ()
    found = []
    for day in at.items(most=7):
        if day.value in _DAYS:
            found.append(_DAYS.index(day.value))
        else:
            day.wrong(f"One of {', '.join(_DAYS)} is expected.")
    return tuple(sorted(set(found)))


def picture(at: At) -> tuple[str, str]:
    """Return a picture in base64 and its type."""
    source = at.text(most=PICTURE)
    if source.startswith("${"):
        at.wrong("A picture must stand in the Flow JSON itself.")
    found = next((mimetype for head, mimetype in _PICTURES.items() if source.startswith(head)), "")
    if source and (not found or not _BASE64.fullmatch(source)):
        at.wrong("A PNG, JPEG or WebP in base64 is expected.")
    return source, found


def _option(at: At, *, screen: str) -> Option:
    if any(name in at for name in ("on-select-action", "on-unselect-action")):
        at.wrong("Actions of options are not offered here.", error="INVALID_PROPERTY")
    return Option(
        id=at["id"].text(most=LABEL),
        title=words(at["title"], screen=screen, most=LABEL),
        description=dynamic(at["description"], screen=screen, most=HELPER) or "",
        enabled=True if at["enabled"].value is None else dynamic(at["enabled"], screen=screen),
    )


def _given(at: At, *, screen: str) -> Value:
    if isinstance(at.value, list):
        if _has_refs(at.value):
            at.wrong("References within lists are not offered here.")
            return []
        return at.value
    if isinstance(at.value, dict):
        at.wrong("Objects in a payload are not offered here: give their fields by names of their own.")
        return None
    return dynamic(at, screen=screen, most=PAYLOAD)


def _has_refs(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_refs(each) for each in value)
    if isinstance(value, dict):
        return any(_has_refs(each) for each in value.values())
    return isinstance(value, str) and "${" in value


def _string(at: At, text: str, *, screen: str, most: int) -> Value:
    if len(text) > most:
        at.wrong(f"A text of at most {most} characters is expected.")
        return ""
    try:
        return read_value(text, screen=screen)
    except BadExpression as bad:
        at.wrong(str(bad))
        return ""
