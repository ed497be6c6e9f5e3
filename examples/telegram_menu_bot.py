"""A bot with menus in two languages, on python-telegram-bot as it comes: only its base URL names Amanat.

    amanat bot create paspor --api telegram --title "Kantor Paspor" --homeserver http://127.0.0.1:8009 > bot.json
    amanat gateway --bots 127.0.0.1:8020
    pip install "python-telegram-bot[webhooks]" && python examples/telegram_menu_bot.py bot.json

Whoever writes is shown a menu, which changes when they choose. Its language is what their app is said to speak, until
they choose the other. It asks for its updates; with an address, such as http://127.0.0.1:8080/hook, it is told of them
there, with a secret that nobody else knows: the gateway must be allowed to deliver to an address on its own network.
"""

import json
import secrets
import sys
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from menu import Screen, language_after, screen
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

App = Application[Any, Any, Any, Any, Any, Any]
Context = ContextTypes.DEFAULT_TYPE


def language_of(update: Update, context: Context) -> str:
    """Return the language that somebody chose, or that their app is said to speak."""
    chosen = (context.user_data or {}).get("language")
    spoken = update.effective_user.language_code if update.effective_user else None
    return str(chosen or ("id" if spoken == "id" else "en"))


def as_message(shown: Screen) -> dict[str, Any]:
    """Return a screen in this API's words."""
    rows = [[InlineKeyboardButton(label, callback_data=choice)] for label, choice in shown.choices]
    title = f"<b>{escape(shown.title)}</b>\n" if shown.title else ""
    text = title + escape(shown.text)
    return {"text": text, "parse_mode": ParseMode.HTML, "reply_markup": InlineKeyboardMarkup(rows)}


async def start(update: Update, context: Context) -> None:
    """Show the menu to whoever writes."""
    if update.message is not None:
        await update.message.reply_text(**as_message(screen("menu", language_of(update, context))))


async def choose(update: Update, context: Context) -> None:
    """Show what somebody chose, in place of what they chose from."""
    query = update.callback_query
    if query is None or query.data is None or context.user_data is None:
        return
    await query.answer()
    language = context.user_data["language"] = language_after(query.data, language_of(update, context))
    await query.edit_message_text(**as_message(screen(query.data, language)))


def build(token: str, access: Mapping[str, str]) -> App:
    """Return the bot; `access` is what `amanat bot create` told."""
    # Longer than its 5 s: a change waits until the server has the message that it changes.
    builder = ApplicationBuilder().token(token).read_timeout(20)
    app = builder.base_url(access["base_url"]).base_file_url(access["base_file_url"]).build()
    app.add_handler(CallbackQueryHandler(choose))
    app.add_handler(MessageHandler(filters.TEXT, start))
    return app


def main(file: str, address: str = "") -> None:
    """Run until it is stopped."""
    made = json.loads(Path(file).read_text())
    access = made.get("access") or made["telegram"]  # as `amanat bot create` tells it, or `amanat fake`
    app, here = build(access["token"], access), urlsplit(address)
    if not address:
        return app.run_polling()
    secret, path = secrets.token_urlsafe(), here.path.removeprefix("/")
    return app.run_webhook(
        here.hostname or "", here.port or 80, url_path=path, webhook_url=address, secret_token=secret
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
