"""Canonical JSON: what is hashed, and a strict reading of what clients send. Spec: appendices#canonical-json."""

import json
from typing import Any

import msgspec

from amanat.core.errors import BadJson, NotJson

MAX_INTEGER = 2**53 - 1
"""What every JSON library can hold exactly, and so the largest integer of either sign."""
MAX_NESTING = 100
"""Ours: deeper than any client goes, and far from where recursion would fail."""

_TOO_DEEP = f"Values are nested more than {MAX_NESTING} deep."

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder(order="sorted").encode


def encode(value: Any) -> bytes:
    """Return the one canonical encoding of `value`, or refuse what has none."""
    _strings_in(value, MAX_NESTING)
    return encode_checked(value)


def encode_checked(value: Any) -> bytes:
    """Encode what `decode` returned, or what `encode` took before, without looking at every number again."""
    try:
        return _encode(value)
    except UnicodeEncodeError:
        raise BadJson("A string holds half of a surrogate pair.") from None


def decode(body: bytes) -> Any:
    """Read a body as canonical JSON's data model: no floats, no large integers, no doubts about what was meant."""
    try:
        value = _decode(body)
    except RecursionError:
        raise BadJson(_TOO_DEEP) from None
    except ValueError:
        raise _why_undecodable(body) from None
    # The decoder drops a repeated key, and its two quotes with it.
    if 2 * _strings_in(value, MAX_NESTING) != _quotes(body):
        raise BadJson("An object has the same key twice.")
    return value


def _strings_in(value: Any, depth: int) -> int:
    """Refuse what canonical JSON cannot hold; count the strings, keys included, of what it can."""
    kind = type(value)
    if kind is dict:
        strings, items = len(value), value.values()
    elif kind is list:
        strings, items = 0, value
    else:
        _refuse_unfit(value)
        return int(kind is str)
    if not depth:
        raise BadJson(_TOO_DEEP)
    for item in items:
        # Strings are most of what there is: a call for each would double the cost.
        strings += 1 if type(item) is str else _strings_in(item, depth - 1)
    return strings


def _refuse_unfit(value: Any) -> None:
    kind = type(value)
    if kind is int:
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise BadJson("An integer is outside the range of -(2^53)+1 to (2^53)-1.")
    elif kind is float:
        raise BadJson("Numbers with a fraction or an exponent are not allowed.")
    elif value is not None and kind is not bool and kind is not str:
        raise BadJson(f"A {kind.__name__} has no place in JSON.")


def _quotes(document: bytes) -> int:
    """Count the quotes that begin or end a string, not those inside one."""
    if b"\\" in document:
        document = document.replace(b"\\\\", b"").replace(b'\\"', b"")
    return document.count(b'"')


def _why_undecodable(body: bytes) -> NotJson | BadJson:
    """Tell what the grammar allows but a string cannot hold (half a surrogate pair) from what is no JSON at all."""
    try:
        json.loads(body.decode(), parse_constant=_refuse_constant, parse_int=len)
    except RecursionError:
        return BadJson(_TOO_DEEP)
    except UnicodeDecodeError:
        return NotJson("The body is not UTF-8.")
    except ValueError:
        return NotJson()
    return BadJson("A string holds half of a surrogate pair, or a number has too many digits.")


def _refuse_constant(name: str) -> None:
    raise ValueError(name)
