"""Recovery keys: 128 random bits as a person writes them on paper, and reads them back. Pure.

Crockford's alphabet, which has no I, L, O and U, in groups of four. The rest of a division by a prime goes along: one
wrong sign, or two that have changed places, always make another rest, so a slip of the pen is told from a wrong key.
"""

from typing import Final

KEY_BYTES: Final = 16
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DIGITS: Final = 28
_GROUP: Final = 4
_CHECK_BITS: Final = _DIGITS * 5 - KEY_BYTES * 8
_CHECK_PRIME: Final = 4093
"""The largest below 2^12."""
_READ_ALIKE: Final = str.maketrans({"I": "1", "L": "1", "O": "0", "-": "", " ": "", "\t": "", "\n": "", "\r": ""})


def written(key: bytes) -> str:
    """Return a key as it is printed: seven groups of four."""
    number = int.from_bytes(key, "big") << _CHECK_BITS | _check(key)
    digits = "".join(_ALPHABET[number >> shift & 31] for shift in range((_DIGITS - 1) * 5, -1, -5))
    return "-".join(digits[begin : begin + _GROUP] for begin in range(0, _DIGITS, _GROUP))


def read(text: str) -> bytes | None:
    """Return the key that somebody typed, whatever the case and the spaces; `None` if it cannot be one."""
    digits = text.upper().translate(_READ_ALIKE)
    if len(digits) != _DIGITS or not set(digits) <= set(_ALPHABET):
        return None
    number = 0
    for digit in digits:
        number = number << 5 | _ALPHABET.index(digit)
    key = (number >> _CHECK_BITS).to_bytes(KEY_BYTES, "big")
    return key if number & (1 << _CHECK_BITS) - 1 == _check(key) else None


def _check(key: bytes) -> int:
    return int.from_bytes(key, "big") % _CHECK_PRIME
