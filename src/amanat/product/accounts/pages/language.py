"""In which language somebody is spoken to: the one they chose here, else one that their browser asks for. Pure."""

from typing import Final, Literal, TypeAlias

Language: TypeAlias = Literal["id", "en"]

DEFAULT: Final[Language] = "id"
FOREIGN: Final[Language] = "en"
"""For browsers that ask for other languages alone."""
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")


def named(text: str | None) -> Language | None:
    """Return the language that a tag such as `en-GB` means, if we speak it."""
    primary = (text or "").strip().lower().partition("-")[0]
    # Until 1989 Indonesian was "in", and old Android phones still say so.
    primary = "id" if primary == "in" else primary
    return next((language for language in LANGUAGES if language == primary), None)


def accepted(header: str | None) -> Language:
    """Return the language that an Accept-Language header asks for most."""
    ranked = sorted((_weighed(part) for part in (header or "").split(",") if part.strip()), key=lambda pair: -pair[0])
    spoken = [language for weight, tag in ranked if weight > 0 and (language := named(tag)) is not None]
    if spoken:
        return spoken[0]
    return FOREIGN if ranked else DEFAULT


def _weighed(part: str) -> tuple[float, str]:
    tag, _, quality = part.partition(";")
    try:
        weight = float(quality.partition("=")[2]) if quality else 1.0
    except ValueError:
        weight = 0.0
    return weight, tag
