"""A bot that makes appointments in two languages, on python-telegram-bot as it comes: only its base URL names Amanat.

    amanat bot create janji --api telegram --title "Kantor Paspor" --homeserver http://127.0.0.1:8009 > bot.json
    amanat gateway --bots 127.0.0.1:8020
    pip install python-telegram-bot && python examples/telegram_conversation_bot.py bot.json appointments.csv

It asks for a name and an office, shows what it was told, and writes it down once that is confirmed.
"""

import json
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from conversation import Appointments, Says
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


class Front:
    """The conversation in this API's words."""

    def __init__(self, appointments: Appointments) -> None:
        self._appointments = appointments

    async def hear(self, update: Update, _: Context) -> None:
        """Go on with whoever wrote."""
        message, person = update.message, update.effective_user
        if message is not None and person is not None:
            said = self._appointments.hears(str(person.id), (message.text or "").strip())
            await message.reply_text(**as_message(said))

    async def choose(self, update: Update, _: Context) -> None:
        """Go on with whoever chose."""
        query, chat = update.callback_query, update.effective_chat
        if query is not None and query.data is not None and chat is not None:
            await query.answer()
            said = self._appointments.chosen(str(query.from_user.id), query.data)
            await chat.send_message(**as_message(said))


def as_message(said: Says) -> dict[str, Any]:
    """Return what is said as this API has it."""
    title = f"<b>{escape(said.title)}</b>\n" if said.title else ""
    rows = [[InlineKeyboardButton(label, callback_data=choice) for label, choice in said.choices]]
    markup = {"reply_markup": InlineKeyboardMarkup(rows)} if said.choices else {}
    return {"text": title + escape(said.text), "parse_mode": ParseMode.HTML} | markup


def build(token: str, access: Mapping[str, str], appointments: Appointments) -> App:
    """Return the bot; `access` is what `amanat bot create` told."""
    builder = ApplicationBuilder().token(token).read_timeout(20)
    app = builder.base_url(access["base_url"]).base_file_url(access["base_file_url"]).build()
    front = Front(appointments)
    app.add_handler(CallbackQueryHandler(front.choose))
    app.add_handler(MessageHandler(filters.TEXT, front.hear))
    return app


def main(file: str, appointments: str) -> None:
    """Run until it is stopped."""
    made = json.loads(Path(file).read_text())
    access = made.get("access") or made["telegram"]  # as `amanat bot create` tells it, or `amanat fake`
    build(access["token"], access, Appointments(Path(appointments))).run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
