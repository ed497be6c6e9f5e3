"""A bot that holds a conversation in two languages, on pywa as it comes: only its session leads to Amanat.

    amanat bot create janji --api cloud --title "Kantor Paspor" --homeserver http://127.0.0.1:8009 > bot.json
    amanat gateway --bots 127.0.0.1:8020
    pip install "pywa[server]" && python examples/cloud_conversation_bot.py bot.json http://127.0.0.1:8080

It asks for a name and an office, shows what it was told, and writes it down once that is confirmed. `EN` or `ID`
changes the language. The gateway must be allowed to deliver to the address given, if that is on its own network.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
from pywa import WhatsApp
from pywa.handlers import CallbackButtonHandler, MessageHandler
from pywa.types import Button, CallbackButton, Message

from amanat.compat import pywa_session

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "name": "*Selamat datang di Kantor Paspor.*\nAtas nama siapa janji temunya? (_EN for English_)",
        "office": "Terima kasih, {name}. Di kantor mana?",
        "confirm": "Janji temu atas nama {name} di {office}. Benar?",
        "done": "Sudah dicatat. Sampai jumpa di {office}, {name}!",
        "again": "Baik, kita ulangi.",
        "yes": "Ya",
        "no": "Tidak",
    },
    "en": {
        "name": "*Welcome to the Passport Office.*\nIn whose name is the appointment? (_ID untuk bahasa Indonesia_)",
        "office": "Thank you, {name}. At which office?",
        "confirm": "An appointment for {name} in {office}. Is that right?",
        "done": "It is written down. See you in {office}, {name}!",
        "again": "All right, once more.",
        "yes": "Yes",
        "no": "No",
    },
}
OFFICES: Final = ("Depok", "Bogor", "Bekasi")


@dataclass
class Talk:
    """How far somebody has come."""

    language: str = "id"
    asked: str = ""
    name: str = ""
    office: str = ""

    def says(self, key: str) -> str:
        """Return what is said next, in their language."""
        return WORDS[self.language][key].format(name=self.name, office=self.office)


class Appointments:
    """Everybody's conversations, and what came of them."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str]] = []
        self._talks: dict[str, Talk] = {}

    def hear(self, _wa: WhatsApp, message: Message) -> None:
        """Go on with whoever wrote."""
        talk = self._talk(message.from_user.bsuid)
        text = (message.text or "").strip()
        if text.lower() in WORDS:
            talk.language, talk.asked = text.lower(), ""
        if talk.asked == "name" and text:
            talk.name, talk.asked = text, "office"
            buttons = [Button(title=office, callback_data=f"office:{office}") for office in OFFICES]
            message.reply(talk.says("office"), buttons=buttons)
        else:
            self._begin(talk, message.reply)

    def choose(self, _wa: WhatsApp, press: CallbackButton[str]) -> None:
        """Go on with whoever chose."""
        talk = self._talk(press.from_user.bsuid)
        kind, _, value = press.data.partition(":")
        if kind == "office" and talk.asked == "office":
            talk.office, talk.asked = value, "confirm"
            answers = [Button(title=talk.says(each), callback_data=each) for each in ("yes", "no")]
            press.reply(talk.says("confirm"), buttons=answers)
        elif kind == "yes" and talk.asked == "confirm":
            self.made.append((talk.name, talk.office))
            talk.asked = ""
            press.reply(talk.says("done"))
        else:
            press.reply(talk.says("again"))
            self._begin(talk, press.reply)

    def _talk(self, person: str) -> Talk:
        return self._talks.setdefault(person, Talk())

    @staticmethod
    def _begin(talk: Talk, reply: Callable[[str], object]) -> None:
        talk.asked = "name"
        reply(talk.says("name"))


def build(access: Mapping[str, str], appointments: Appointments, session: httpx.Client, callback: str = "") -> WhatsApp:
    """Return the bot; `access` is what `amanat bot create` told."""
    wa = WhatsApp(
        phone_id=access["phone_number_id"],
        waba_id=access["business_account_id"],
        token=access["access_token"],
        app_id=access["app_id"],
        app_secret=access["app_secret"],
        verify_token=access["phone_number_id"],
        callback_url=callback or None,
        session=session,
    )
    wa.add_handlers(MessageHandler(appointments.hear), CallbackButtonHandler(appointments.choose))
    return wa


if __name__ == "__main__":
    made = json.loads(Path(sys.argv[1]).read_text())
    here = urlsplit(sys.argv[2])
    bot = build(made["access"], Appointments(), pywa_session(made["access"]["url"]), callback=sys.argv[2])
    bot.run(host=here.hostname or "127.0.0.1", port=here.port or 80)
