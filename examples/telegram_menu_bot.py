"""A bot with menus in two languages, on python-telegram-bot as it comes: only its base URL names Amanat.

    amanat bot create paspor --api telegram --title "Kantor Paspor" --homeserver http://127.0.0.1:8009 > bot.json
    amanat gateway --bots 127.0.0.1:8020
    pip install python-telegram-bot && python examples/telegram_menu_bot.py bot.json

It answers /start, shows a menu, and changes its message when somebody chooses. Its language is what the user's app is
said to speak, until they choose the other.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "hello": "<b>Selamat datang di Kantor Paspor.</b>\nApa yang ingin Anda ketahui?",
        "need": "Bawa KTP, kartu keluarga dan akta kelahiran, yang asli.",
        "fee": "Paspor biasa 48 halaman: Rp350.000.",
        "open": "Senin sampai Jumat, pukul 08.00–15.00.",
        "need_label": "Syarat",
        "fee_label": "Biaya",
        "open_label": "Jam buka",
        "language_label": "English",
        "back_label": "Kembali",
    },
    "en": {
        "hello": "<b>Welcome to the Passport Office.</b>\nWhat would you like to know?",
        "need": "Bring your identity card, family card and birth certificate, the originals.",
        "fee": "Ordinary passport, 48 pages: Rp350,000.",
        "open": "Monday to Friday, 08:00–15:00.",
        "need_label": "Requirements",
        "fee_label": "Fees",
        "open_label": "Opening hours",
        "language_label": "Bahasa Indonesia",
        "back_label": "Back",
    },
}
TOPICS: Final = ("need", "fee", "open")

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


def language_of(update: Update, context: Context) -> str:
    """Return the language that somebody chose, or that their app is said to speak."""
    chosen = (context.user_data or {}).get("language")
    spoken = update.effective_user.language_code if update.effective_user else None
    return str(chosen or ("id" if spoken == "id" else "en"))


def menu(language: str) -> InlineKeyboardMarkup:
    """Return the topics, and the way to the other language."""
    words = WORDS[language]
    rows = [[InlineKeyboardButton(words[f"{topic}_label"], callback_data=topic)] for topic in TOPICS]
    other = "en" if language == "id" else "id"
    return InlineKeyboardMarkup([*rows, [InlineKeyboardButton(words["language_label"], callback_data=f"in {other}")]])


def back(language: str) -> InlineKeyboardMarkup:
    """Return the way back to the menu."""
    return InlineKeyboardMarkup([[InlineKeyboardButton(WORDS[language]["back_label"], callback_data="menu")]])


async def start(update: Update, context: Context) -> None:
    """Show the menu to whoever writes."""
    language = language_of(update, context)
    if update.message is not None:
        await update.message.reply_html(WORDS[language]["hello"], reply_markup=menu(language))


async def choose(update: Update, context: Context) -> None:
    """Show what somebody chose, in place of the menu."""
    query = update.callback_query
    if query is None or query.data is None:
        return
    await query.answer()
    if query.data.startswith("in ") and context.user_data is not None:
        context.user_data["language"] = query.data.removeprefix("in ")
    language = language_of(update, context)
    if query.data in TOPICS:
        await query.edit_message_text(WORDS[language][query.data], reply_markup=back(language))
    else:
        await query.edit_message_text(WORDS[language]["hello"], reply_markup=menu(language), parse_mode="HTML")


def build(token: str, access: Mapping[str, str]) -> App:
    """Return the bot; `access` is what `amanat bot create` told."""
    # Longer than its 5 s: a change waits until the server has the message that it changes.
    builder = ApplicationBuilder().token(token).read_timeout(20)
    app = builder.base_url(access["base_url"]).base_file_url(access["base_file_url"]).build()
    app.add_handler(CallbackQueryHandler(choose))
    app.add_handler(CommandHandler("start", start))
    app.add_handler(MessageHandler(filters.TEXT, start))
    return app


if __name__ == "__main__":
    made = json.loads(Path(sys.argv[1]).read_text())
    build(made["token"], made["access"]).run_polling()
