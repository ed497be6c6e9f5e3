"""The gateway's own words about offers, in both languages, and those by which people choose. Pure."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from msgspec.structs import replace

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.consents.consent_model import Answer
from amanat.gateway.bots.menus import in_our_words
from amanat.gateway.bots.model import Choice

OFFERS: Final = f"{NAMESPACE}.offers"
"""In a message of the person's app: what they choose. In one of the bot's: how their choice stands."""
STATES: Final[Mapping[Answer, str]] = {"yes": "on", "no": "off", "": "off"}

Wish = Literal["on", "off", "?"]
"""`?`: they want to know how it stands."""

_WORDS: Final[Mapping[str, Wish]] = {
    "penawaran ya": "on",
    "offers on": "on",
    "penawaran tidak": "off",
    "stop penawaran": "off",
    "offers off": "off",
    "stop offers": "off",
    "stop promotions": "off",
    "penawaran?": "?",
    "offers?": "?",
}

TOLD: Final[Mapping[str, str]] = {
    "on": 'Kamu menerima penawaran dari sini. Balas "PENAWARAN TIDAK" untuk berhenti. / '
    'You get offers from here. Reply "OFFERS OFF" to stop them.',
    "off": 'Kamu tidak menerima penawaran dari sini. Balas "PENAWARAN YA" kalau mau. / '
    'You get no offers from here. Reply "OFFERS ON" if you want them.',
}
"""How a choice stands, said to who made it."""

YES: Final = replace(in_our_words({"id": "Kirimi saya penawaran", "en": "Send me offers"}, data="yes"), about="offers")
NO: Final = replace(in_our_words({"id": "Tidak, terima kasih", "en": "No, thank you"}, data="no"), about="offers")
STOP: Final = replace(in_our_words({"id": "Berhenti terima penawaran", "en": "Stop offers"}, data="no"), about="offers")


def wish_in(content: Mapping[str, Any], text: str) -> Wish | None:
    """Return what a message wishes of offers; None where it is about something else."""
    chosen = content.get(OFFERS)
    if chosen in ("on", "off"):
        return "on" if chosen == "on" else "off"
    return _WORDS.get(" ".join(text.casefold().split()).rstrip(".!"))


def answer_of(choice: Choice) -> Answer:
    """Return what a choice decides."""
    return "yes" if choice.data in ("yes", "accept") else "no"
