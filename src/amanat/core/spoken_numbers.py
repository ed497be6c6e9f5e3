"""Characters for numbers that people read aloud and type: none that is taken for another. Pure."""

from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 of them, without 0 O, 1 I L."""


def symbols(chance: bytes, count: int) -> str:
    """Return so many characters, drawn from chance; 8 bytes are good for a dozen."""
    left = int.from_bytes(chance, "big")
    drawn = ""
    for _ in range(count):
        left, value = divmod(left, len(ALPHABET))
        drawn += ALPHABET[value]
    return drawn
