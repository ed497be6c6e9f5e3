"""What somebody chose under a message of the bot's: by a button, a number, or its words. Pure."""

from collections.abc import Mapping
from typing import Any

from amanat.gateway.bots.bodies import Sent
from amanat.gateway.bots.menus import Used, chosen_by_words, used_prompt
from amanat.gateway.bots.model import Body, Choice, OwnNumber, Place, Said, Words
from amanat.gateway.bots.people import Scene, said_of
from amanat.gateway.bots.tables import Kept, MessageRow, decode_kept, decode_menu


def choice_of(
    content: Mapping[str, Any], body: Body | Sent, *, scene: Scene, quoted: MessageRow | None
) -> tuple[Said, Choice] | None:
    """Return what a content chooses under which message, if it does: `quoted` is the one that it answers."""
    if isinstance(body, OwnNumber | Place):  # more than the button said that asked for it
        return None
    used = used_prompt(content)
    menu = decode_menu(scene.row.menu) if scene.row.menu else None
    if used is not None:
        if menu is not None and menu.number == used.number:
            return _pressed(menu.kept, used, scene=scene, ts=menu.ts)
        if quoted is not None and quoted.number == used.number and quoted.user_id == "":
            return _pressed(decode_kept(quoted.kept), used, scene=scene, ts=quoted.ts)
    if menu is None or not isinstance(body, Words):
        return None
    chosen = chosen_by_words(body.text, menu.kept.choices)
    return (said_of(menu.kept, number=menu.number, chat=scene.chat, ts=menu.ts), chosen) if chosen else None


def _pressed(kept: Kept, used: Used, *, scene: Scene, ts: int) -> tuple[Said, Choice] | None:
    if used.index >= len(kept.choices) or kept.choices[used.index].url:
        return None
    return said_of(kept, number=used.number, chat=scene.chat, ts=ts), kept.choices[used.index]
