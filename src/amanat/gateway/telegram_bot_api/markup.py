"""What is kept beside a message of the bot's, so that it is told of it as it was said. Pure."""

from typing import Any

from msgspec import Struct, json

from amanat.gateway.telegram_bot_api.entities import Entity


class Markup(Struct, frozen=True, omit_defaults=True):
    """Marks of the text or caption, the inline keyboard, and `told`: fields of the message that no body has.

    `poll`: fields of a poll that its body lacks. `names_voters`: the bot asked for a poll that is not anonymous.
    """

    entities: tuple[Entity, ...] = ()
    inline: tuple[tuple[dict[str, Any], ...], ...] = ()
    told: dict[str, Any] = {}
    poll: dict[str, Any] = {}
    names_voters: bool = False


_decoder = json.Decoder(Markup)


def packed(markup: Markup) -> bytes:
    """Return it as bytes; none where there is nothing to keep."""
    return b"" if markup == Markup() else json.encode(markup)


def unpacked(kept: bytes) -> Markup:
    """Return what was kept."""
    return _decoder.decode(kept) if kept else Markup()
