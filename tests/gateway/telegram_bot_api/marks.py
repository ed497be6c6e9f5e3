"""Marks in a form that a table can hold."""

from amanat.gateway.telegram_bot_api.entities import Formatted


def described(formatted: Formatted) -> list[str]:
    """Return each mark as `bold 0+2`, with its address, language or number behind it."""
    return [
        " ".join(filter(None, (f"{e.type} {e.offset}+{e.length}", e.url, e.language, e.custom_emoji_id)))
        for e in formatted.entities
    ]
