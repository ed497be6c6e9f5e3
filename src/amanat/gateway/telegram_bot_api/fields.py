"""The parameters of a call, which arrive as strings or as JSON, whatever their type. Pure.

Source: core.telegram.org/bots/api#making-requests; unknown parameters are nobody's mistake and stay unread.
"""

import re
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from msgspec import DecodeError, Struct, json

from amanat.gateway.spooling import Content
from amanat.gateway.telegram_bot_api.errors import BadRequest

_INTEGER: Final = re.compile(r"\s*[+-]?[0-9]{1,18}\s*", re.ASCII)
_TRUE: Final = frozenset({"true", "1", "yes", "y", "t"})
_NUMBERS: Final = 2**53
_WHOLE_NUMBERS: Final = 10**18
"""What fits a database; in digits as many as a text may have."""


class Upload(Struct, frozen=True, kw_only=True):
    """A file that came with a call."""

    name: str
    mimetype: str
    content: Content


class Fields:
    """What a call was given: values by name, and files by the name of their part."""

    def __init__(self, values: Mapping[str, Any], files: Mapping[str, Upload] | None = None) -> None:
        self.values = {name.lower(): value for name, value in values.items() if value is not None}
        self.files = dict(files or {})

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def with_values(self, **values: Any) -> "Fields":
        """Return the same call with other values."""
        return Fields(self.values | values, self.files)

    def text(self, name: str, default: str = "") -> str:
        """Return a text; a number counts as one."""
        value = self.values.get(name, default)
        if isinstance(value, str):
            return value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        raise BadRequest(f'field "{name}" must be of type String')

    def required_text(self, name: str, refusal: str) -> str:
        """Return a text that is not empty; `refusal` is said where there is none."""
        value = self.text(name)
        if not value:
            raise BadRequest(refusal)
        return value

    def number(self, name: str, default: int | None = None) -> int | None:
        """Return a whole number, or `default` where there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        if isinstance(value, str) and _INTEGER.fullmatch(value):
            return int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < _NUMBERS:
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _WHOLE_NUMBERS:
            return value
        raise BadRequest(f'field "{name}" must be of type Number')

    def real(self, name: str) -> float | None:
        """Return a number."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        try:
            number = float(value)
        except (TypeError, ValueError, OverflowError):
            raise BadRequest(f'field "{name}" must be of type Number') from None
        if isinstance(value, bool) or not isfinite(number):
            raise BadRequest(f'field "{name}" must be of type Number')
        return number

    def flag(self, name: str, *, default: bool = False) -> bool:
        """Return whether something is wished: `true`, `True`, `1`; anything else is no."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        return str(value).strip().lower() in _TRUE

    def structure(self, name: str, refusal: str) -> Any:
        """Return a nested value, which may come as a JSON string; None where there is none."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.decode(value)
        except (DecodeError, RecursionError):
            raise BadRequest(refusal) from None

    def mapping(self, name: str, refusal: str) -> Mapping[str, Any] | None:
        """Return a nested object."""
        value = self.structure(name, refusal)
        if value is not None and not isinstance(value, Mapping):
            raise BadRequest(refusal)
        return value

    def items(self, name: str, refusal: str) -> list[Any] | None:
        """Return a nested list."""
        value = self.structure(name, refusal)
        if value is not None and not isinstance(value, list):
            raise BadRequest(refusal)
        return value
