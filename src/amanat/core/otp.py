"""Codes that prove who holds a phone: how long one lives, how often one is sent, and the text it comes in. Pure.

The numbers are those of NIST SP 800-63B (six digits, ten minutes) and stricter where a guess could be tried often.
"""

import re
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

DIGITS: Final = 6
CODES: Final = 10**DIGITS
"""How many codes there are; one is a number below it."""
LIFETIME_MS: Final = 10 * 60 * 1000
GUESSES: Final = 5
DAY_MS: Final = 24 * 60 * 60 * 1000

MAX_SEPTETS: Final = 160
"""What one SMS holds. A longer text is sent, and paid for, as several."""

_GSM7: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM7_EXTENDED: Final = frozenset("\f^{}\\[~]|€")  # 3GPP TS 23.038: an escape and a character, two septets.

_SENTENCES: Final = {
    "id": ("Kode Amanat: {code}. JANGAN beri siapa pun, termasuk petugas.", "Never share it, not even with staff."),
    "en": ("Amanat code: {code}. NEVER share it, not even with staff.", "JANGAN beri siapa pun, termasuk petugas."),
}


class Pace(Struct, frozen=True, kw_only=True):
    """How often a number may be sent a code: the wait after the first, the second, … and how many in 24 hours."""

    waits_ms: tuple[int, ...] = (60_000, 120_000, 300_000, 900_000)
    per_day: int = 5


UNHURRIED: Final = Pace()
UNLIMITED: Final = Pace(waits_ms=(0,), per_day=CODES)
"""For a lab, whose tests do not wait."""


def code_of(number: int) -> str:
    """Write a random number below `CODES` as a code."""
    return f"{number:0{DIGITS}d}"


def read_code(typed: str) -> str | None:
    """Return the code somebody typed, without the spaces they put in; `None` for what cannot be one."""
    digits = re.sub(r"[ \u00a0-]", "", typed[:32])
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def recent(sent: Sequence[int], *, now_ms: int) -> list[int]:
    """Return the times of the codes that were sent in the last 24 hours."""
    return [at for at in sent if now_ms - at < DAY_MS]


def wait_ms(sent: Sequence[int], *, now_ms: int, pace: Pace) -> int:
    """Return how long a number waits for its next code, after codes `sent` at these times, oldest first."""
    lately = recent(sent, now_ms=now_ms)
    if not lately:
        return 0
    if len(lately) >= pace.per_day:
        return lately[-pace.per_day] + DAY_MS - now_ms
    wait = pace.waits_ms[min(len(lately), len(pace.waits_ms)) - 1]
    return max(lately[-1] + wait - now_ms, 0)


def sms_text(code: str, *, host: str, language: str) -> str:
    """Return the text a code is sent in: both languages, the person's first, then the line that binds it to our pages.

    The last line lets a browser fill the code in on `host` and nowhere else (WICG origin-bound one-time codes).
    """
    first, second = _SENTENCES["en" if language == "en" else "id"]
    return f"{first.format(code=code)} {second}\n@{host} #{code}"


def septets(text: str) -> int | None:
    """Return how much of an SMS a text takes; `None` if it has what the GSM alphabet does not."""
    size = 0
    for character in text:
        if character not in _GSM7 and character not in _GSM7_EXTENDED:
            return None
        size += 1 if character in _GSM7 else 2
    return size


def fits_host(host: str) -> bool:
    """Whether the text of a code names this host and is still one SMS."""
    sizes = [septets(sms_text(code_of(0), host=host, language=language)) for language in _SENTENCES]
    return all(size is not None and size <= MAX_SEPTETS for size in sizes)
