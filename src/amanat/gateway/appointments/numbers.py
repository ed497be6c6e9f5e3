"""Numbers of appointments: short enough to read aloud, random enough not to be guessed, and a slip in one is noticed.

`PSP-7K4M-92XC`: the service's letters, seven random characters and a check character. The alphabet has 31 characters, a
prime, without those that are taken for others (0 O, 1 I L); a sum with different weights modulo 31 then catches every
wrong character and every two neighbours in the wrong order. Pure.
"""

import re
from typing import Final

from amanat.core.keyed_hash import keyed_hash
from amanat.core.spoken_numbers import ALPHABET, symbols

RANDOM: Final = 7
"""27 thousand million numbers for each code; the database refuses one that is taken."""
MAX_CODE: Final = 4

_VALUES: Final = {character: value for value, character in enumerate(ALPHABET)}
_GROUP: Final = 4
_NUMBER: Final = re.compile(rf"([{ALPHABET}]{{1,{MAX_CODE}}})([{ALPHABET}]{{{RANDOM + 1}}})")


def number_of(code: str, seed: bytes) -> str:
    """Return the number of an appointment; `seed` is at least 16 random bytes."""
    body = symbols(keyed_hash(seed, "number"), RANDOM)
    return _written(code, body + _check(code + body))


def read_number(typed: str) -> str | None:
    """Return a number as somebody typed it, in its usual form; `None` if there can be no such number."""
    match = _NUMBER.fullmatch(re.sub(r"[\s.\u2010-\u2015-]", "", typed[:40]).upper())
    if match is None or _check(match[1] + match[2][:-1]) != match[2][-1]:
        return None
    return _written(match[1], match[2])


def _check(symbols: str) -> str:
    """Return the character that makes the weighted sum zero; it has weight 1 itself, the one before it 2, and so on."""
    total = sum(weight * _VALUES[symbol] for weight, symbol in enumerate(reversed(symbols), 2))
    return ALPHABET[-total % len(ALPHABET)]


def _written(code: str, body: str) -> str:
    return "-".join((code, body[:_GROUP], body[_GROUP:]))
