"""What the menu bots show, in two languages. Pure: no API is known here, and each has a front of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "hello": "Selamat datang di Kantor Paspor.",
        "ask": "Apa yang ingin Anda ketahui?",
        "need": "Bawa KTP, kartu keluarga dan akta kelahiran, yang asli.",
        "fee": "Paspor biasa 48 halaman: Rp350.000.",
        "open": "Senin sampai Jumat, pukul 08.00–15.00.",
        "need_label": "Syarat",
        "fee_label": "Biaya",
        "open_label": "Jam buka",
        "language_label": "English",
        "back_label": "Kembali",
        "list_label": "Pilih",
    },
    "en": {
        "hello": "Welcome to the Passport Office.",
        "ask": "What would you like to know?",
        "need": "Bring your identity card, family card and birth certificate, the originals.",
        "fee": "Ordinary passport, 48 pages: Rp350,000.",
        "open": "Monday to Friday, 08:00–15:00.",
        "need_label": "Requirements",
        "fee_label": "Fees",
        "open_label": "Opening hours",
        "language_label": "Bahasa Indonesia",
        "back_label": "Back",
        "list_label": "Choose",
    },
}
TOPICS: Final = ("need", "fee", "open")


@dataclass(frozen=True)
class Screen:
    """What somebody is shown: a line that stands out, a text, and choices with what each means."""

    title: str
    text: str
    choices: tuple[tuple[str, str], ...]


def language_after(choice: str, language: str) -> str:
    """Return the language somebody has chosen, or the one they had."""
    return choice.removeprefix("in ") if choice.startswith("in ") else language


def screen(choice: str, language: str) -> Screen:
    """Return what follows from a choice: what was asked for and the way back, or the menu."""
    words = WORDS[language]
    if choice in TOPICS:
        return Screen("", words[choice], ((words["back_label"], "menu"),))
    topics = tuple((words[f"{topic}_label"], topic) for topic in TOPICS)
    other = "en" if language == "id" else "id"
    return Screen(words["hello"], words["ask"], (*topics, (words["language_label"], f"in {other}")))
