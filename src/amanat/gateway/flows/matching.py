"""Which option a person meant, by five rules that a clerk can explain, tried in this order.

1. A button was pressed: its id.
2. A number: its place in the menu.
3. The option's words, in any of the flow's languages.
4. Some of its words, or parts of them of four letters or more ("bayar" of "pembayaran"), if no other option has them.
5. Rules 3 and 4 with one slip (a letter more, less, other, or two swapped) in each word of four letters or more.

If no rule finds one, they are tried again without the words of politeness: "saya mau cek status" is "status".
Where a rule finds two options, nobody guesses: the person is asked again.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

_Same = Callable[[str, str], bool]
_Readings = Mapping[str, Sequence[str]]

_NOT_WORD: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"(?:(?:no|nomor|nomer|number|pilih|pilihan|option) ?)?(\d{1,2})")
_SLIP_FROM: Final = 4
"""Shorter words are too near to each other: 'ya' and 'no' are two slips apart, and 'no' is a part of 'nomor'."""
_POLITENESS: Final = frozenset(
    {
        *("saya", "aku", "mau", "ingin", "tanya", "bertanya", "cek", "lihat", "tentang", "soal", "untuk", "minta"),
        *("tolong", "mohon", "pak", "bu", "bapak", "ibu", "kak", "min"),
        *("i", "want", "would", "to", "ask", "about", "check", "the", "my", "please"),
    }
)
"""Nothing that a refusal is made of: "tidak tahu" and "tidak bisa" must not become "tidak"."""
_LONGEST: Final = 200
"""Nobody chooses with more characters than this."""


def folded(text: str) -> str:
    """Return text without what makes no difference: capitals, accents, punctuation, emoji, doubled spaces."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain.casefold()).strip()


def chosen(said: str, titles: Mapping[str, Sequence[str]]) -> str | None:
    """Return the id of the option that a person meant, of ids and their titles in every language; None if unclear."""
    text = folded(said[:_LONGEST])
    if not text:
        return None
    if number := _NUMBER.fullmatch(text):
        place = int(number[1])
        return list(titles)[place - 1] if 0 < place <= len(titles) else None
    readings: _Readings = {
        option: [option.replace("_", " "), *map(_folded_title, of_it)] for option, of_it in titles.items()
    }
    kept = " ".join(word for word in text.split() if word not in _POLITENESS)
    return _found(text, readings) or (_found(kept, readings) if kept else None)


def _found(text: str, readings: _Readings) -> str | None:
    for same_title, same_word in ((_is_same, _is_part), (is_near, is_near)):
        for found in (_by_title(text, readings, same_title), _by_word(text, readings, same_word)):
            if found:
                return found.pop() if len(found) == 1 else None
    return None


@lru_cache(maxsize=8192)
def _folded_title(title: str) -> str:
    """Fold a flow's own words once, since they come again with every message. What people write is not kept here."""
    return folded(title)


def is_near(one: str, other: str) -> bool:
    """Whether two texts are the same but for one slip in each word of four letters or more."""
    words, others = one.split(), other.split()
    return len(words) == len(others) and all(map(_is_near_word, words, others))


def _by_title(text: str, readings: Mapping[str, Iterable[str]], same: _Same) -> set[str]:
    return {option for option, titles in readings.items() if any(same(text, title) for title in titles)}


def _by_word(text: str, readings: Mapping[str, Iterable[str]], same: _Same) -> set[str]:
    """Return the options that have every word that was said: "queue" finds one, "the queue please" finds none."""

    def holds(title: str) -> bool:
        return all(any(same(word, own) for own in title.split()) for word in text.split())

    return {option for option, titles in readings.items() if any(map(holds, titles))}


def _is_same(one: str, other: str) -> bool:
    return one == other


def _is_part(word: str, own: str) -> bool:
    return word == own or (len(word) >= _SLIP_FROM and word in own)


def _is_near_word(one: str, other: str) -> bool:
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SLIP_FROM or len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, rest_of_long = short[start:], long[start:]
    if len(short) < len(long):
        return rest == rest_of_long[1:]
    return rest[1:] == rest_of_long[1:] or (rest[:2] == rest_of_long[1::-1] and rest[2:] == rest_of_long[2:])
