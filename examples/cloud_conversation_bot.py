"""A bot that makes appointments in two languages, on pywa as it comes: only its session leads to Amanat.

    amanat bot create janji --api cloud --title "Kantor Paspor" --homeserver http://127.0.0.1:8009 > bot.json
    amanat gateway --bots 127.0.0.1:8020 --allow-private 127.0.0.0/8
    pip install "pywa[server]"
    python examples/cloud_conversation_bot.py bot.json appointments.csv http://127.0.0.1:8080

It asks for a name and an office, shows what it was told, and writes it down once that is confirmed. pywa checks that
what comes to the address given is signed by the gateway.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import httpx
from conversation import Appointments, Says
from pywa import WhatsApp
from pywa.handlers import CallbackButtonHandler, MessageHandler
from pywa.types import Button, CallbackButton, Message

from amanat.compat import pywa_session


class Front:
    """The conversation in this API's words."""

    def __init__(self, appointments: Appointments) -> None:
        self._appointments = appointments

    def hear(self, _wa: WhatsApp, message: Message) -> None:
        """Go on with whoever wrote."""
        say(message, self._appointments.hears(message.from_user.bsuid, (message.text or "").strip()))

    def choose(self, _wa: WhatsApp, press: CallbackButton[str]) -> None:
        """Go on with whoever chose."""
        say(press, self._appointments.chosen(press.from_user.bsuid, press.data))


def say(came: Message | CallbackButton[str], said: Says) -> None:
    """Say something to whoever wrote or chose."""
    title = f"*{said.title}*\n" if said.title else ""
    buttons = [Button(title=label, callback_data=choice) for label, choice in said.choices]
    came.reply(title + said.text, buttons=buttons or None)


def build(access: Mapping[str, str], appointments: Appointments, session: httpx.Client, *, callback: str) -> WhatsApp:
    """Return the bot; `access` is what `amanat bot create` told, `callback` where it is to be told of messages."""
    front = Front(appointments)
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
    wa.add_handlers(MessageHandler(front.hear), CallbackButtonHandler(front.choose))
    return wa


def main(file: str, appointments: str, address: str) -> None:
    """Run until it is stopped."""
    made, here = json.loads(Path(file).read_text()), urlsplit(address)
    access = made.get("access") or made["cloud"]  # as `amanat bot create` tells it, or `amanat fake`
    bot = build(access, Appointments(Path(appointments)), pywa_session(access["url"]), callback=address)
    bot.run(host=here.hostname or "127.0.0.1", port=here.port or 80)


if __name__ == "__main__":
    main(*sys.argv[1:])
