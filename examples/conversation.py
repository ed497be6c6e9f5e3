"""A conversation that makes an appointment, in two languages. Pure but for the file that it writes appointments to.

No API is known here, and each has a front of its own. `EN` or `ID` changes the language.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "hello": "Selamat datang di Kantor Paspor.",
        "name": "Atas nama siapa janji temunya? (EN for English)",
        "office": "Terima kasih, {name}. Di kantor mana?",
        "confirm": "Janji temu atas nama {name} di {office}. Benar?",
        "done": "Sudah dicatat. Sampai jumpa di {office}, {name}!",
        "again": "Baik, kita ulangi.",
        "yes": "Ya",
        "no": "Tidak",
    },
    "en": {
        "hello": "Welcome to the Passport Office.",
        "name": "In whose name is the appointment? (ID untuk bahasa Indonesia)",
        "office": "Thank you, {name}. At which office?",
        "confirm": "An appointment for {name} in {office}. Is that right?",
        "done": "It is written down. See you in {office}, {name}!",
        "again": "All right, once more.",
        "yes": "Yes",
        "no": "No",
    },
}
OFFICES: Final = ("Depok", "Bogor", "Bekasi")


@dataclass(frozen=True)
class Says:
    """What somebody is told: a line that stands out, a text, and choices with what each means."""

    text: str
    title: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass
class Talk:
    """How far somebody has come."""

    language: str = "id"
    asked: str = ""
    name: str = ""
    office: str = ""

    def says(self, key: str) -> str:
        """Return some words in their language."""
        return WORDS[self.language][key].format(name=self.name, office=self.office)

    def begins(self, title: str) -> Says:
        """Ask from the beginning."""
        self.asked = "name"
        return Says(self.says("name"), title=self.says(title))


class Appointments:
    """Everybody's conversations. What comes of them is a line of a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._talks: dict[str, Talk] = {}

    def hears(self, person: str, text: str) -> Says:
        """Go on with whoever wrote."""
        talk = self._talks.setdefault(person, Talk())
        if text.lower() in WORDS:
            talk.language, talk.asked = text.lower(), ""
        if talk.asked != "name" or not text:
            return talk.begins("hello")
        talk.name, talk.asked = text, "office"
        return Says(talk.says("office"), choices=tuple((office, f"office:{office}") for office in OFFICES))

    def chosen(self, person: str, choice: str) -> Says:
        """Go on with whoever chose."""
        talk = self._talks.setdefault(person, Talk())
        kind, _, value = choice.partition(":")
        if kind == "office" and talk.asked == "office":
            talk.office, talk.asked = value, "confirm"
            return Says(talk.says("confirm"), choices=((talk.says("yes"), "yes"), (talk.says("no"), "no")))
        if kind == "yes" and talk.asked == "confirm":
            talk.asked = ""
            self._write_down(talk)
            return Says(talk.says("done"))
        return talk.begins("again")

    def _write_down(self, talk: Talk) -> None:
        with self._file.open("a", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow([talk.name, talk.office])
