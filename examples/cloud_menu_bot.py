"""A bot with menus in two languages, on pywa as it comes: only its session leads to Amanat.

    amanat bot create paspor --api cloud --title "Kantor Paspor" --homeserver http://127.0.0.1:8009 > bot.json
    amanat gateway --bots 127.0.0.1:8020 --allow-private 127.0.0.0/8
    pip install "pywa[server]" && python examples/cloud_menu_bot.py bot.json http://127.0.0.1:8080

Whoever writes is shown a menu, a list that opens; what they choose comes with the way back, until they choose the
other language. pywa checks that what comes to the address given is signed by the gateway.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
from menu import WORDS, Screen, language_after, screen
from pywa import WhatsApp
from pywa.handlers import CallbackButtonHandler, CallbackSelectionHandler, MessageHandler
from pywa.types import Button, CallbackButton, CallbackSelection, Message, Section, SectionList, SectionRow

from amanat.compat import pywa_session

MAX_BUTTONS: Final = 3


class Menus:
    """Which language each person has chosen, and what they are shown."""

    def __init__(self) -> None:
        self._languages: dict[str, str] = {}

    def start(self, _wa: WhatsApp, message: Message) -> None:
        """Show the menu to whoever writes."""
        self._show(message, "menu")

    def choose(self, _wa: WhatsApp, chosen: CallbackButton[str] | CallbackSelection[str]) -> None:
        """Show what somebody chose."""
        self._show(chosen, chosen.data)

    def _show(self, came: Message | CallbackButton[str] | CallbackSelection[str], choice: str) -> None:
        person = came.from_user.bsuid
        language = self._languages[person] = language_after(choice, self._languages.get(person, "id"))
        shown = screen(choice, language)
        title = f"*{shown.title}*\n" if shown.title else ""
        came.reply(title + shown.text, buttons=as_buttons(shown, language))


def as_buttons(shown: Screen, language: str) -> Any:
    """Return the choices in this API's words: it knows three buttons at most, and else a list that opens."""
    if len(shown.choices) <= MAX_BUTTONS:
        return [Button(title=label, callback_data=choice) for label, choice in shown.choices]
    rows = [SectionRow(title=label, callback_data=choice) for label, choice in shown.choices]
    title = WORDS[language]["list_label"]
    return SectionList(button_title=title, sections=[Section(title=title, rows=rows)])


def build(access: Mapping[str, str], session: httpx.Client, callback: str) -> WhatsApp:
    """Return the bot; `access` is what `amanat bot create` told, `callback` where it is to be told of messages."""
    menus = Menus()
    wa = WhatsApp(
        phone_id=access["phone_number_id"],
        waba_id=access["business_account_id"],
        token=access["access_token"],
        app_id=access["app_id"],
        app_secret=access["app_secret"],
        verify_token=access["phone_number_id"],
        callback_url=callback,
        session=session,
    )
    wa.add_handlers(
        MessageHandler(menus.start), CallbackButtonHandler(menus.choose), CallbackSelectionHandler(menus.choose)
    )
    return wa


def main(file: str, address: str) -> None:
    """Run until it is stopped."""
    made, here = json.loads(Path(file).read_text()), urlsplit(address)
    access = made.get("access") or made["cloud"]  # as `amanat bot create` tells it, or `amanat fake`
    bot = build(access, pywa_session(access["url"]), address)
    bot.run(host=here.hostname or "127.0.0.1", port=here.port or 80)


if __name__ == "__main__":
    main(*sys.argv[1:])
