"""Cards beside each other in a bot's message: for our app as cards, for all others written out. Pure."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from itertools import count
from typing import Any, Final

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.bodies import HTML, html_of
from amanat.gateway.bots.menus import intro_of, lines_of, list_of, prompt_id
from amanat.gateway.bots.model import Card, Choice, Json, Words

CARDS: Final = f"{NAMESPACE}.cards"
VERSION: Final = 1

_TAG: Final = re.compile(r"<[^>]*>")

Opened = tuple[Card, Mapping[str, Any]]
"""A card, and what opens its file."""


def with_cards(content: Json, words: Words, *, cards: Sequence[Opened], choices: Sequence[Choice], number: int) -> Json:
    """Return a text's content with cards under it. Their choices stand in it already."""
    told = {
        "v": VERSION,
        "intro": intro_of(words),
        "cards": [_told(card, file, choices, number=number) for card, file in cards],
    }
    shown = [(card.words, [choices[index] for index in card.choices]) for card, _ in cards]
    return content | {
        CARDS: told,
        "body": _body(content["body"], shown),
        "format": HTML,
        "formatted_body": _html(content.get("formatted_body") or html_of(words.text), shown),
    }


def _told(card: Card, file: Mapping[str, Any], choices: Sequence[Choice], *, number: int) -> Json:
    media = card.media
    told: Json = {
        "image" if media.kind == "picture" else "video": {
            "file": file,
            "info": {"mimetype": media.mimetype, "size": media.size},
        },
        "buttons": [_button(choices[index], prompt_id(number, index)) for index in card.choices],
    }
    return told | ({"text": _unmarked(card.words)} if card.words.text else {})


def _unmarked(words: Words) -> str:
    """Return a text without its marks, which cards do not show. Its HTML is the gateway's own."""
    return unescape(_TAG.sub("", words.html.replace("<br>", "\n"))) if words.html else words.text


def _button(choice: Choice, id: str) -> Json:
    return {"url": choice.url, "label": choice.label} if choice.url else {"id": id, "label": choice.label}


_Shown = Sequence[tuple[Words, Sequence[Choice]]]


def _body(above: str, shown: _Shown) -> str:
    numbers = count(1)
    parts = [above]
    for words, choices in shown:
        parts.append("\n".join(part for part in (words.text, lines_of(choices, numbers=numbers)) if part))
    return "\n\n".join(part for part in parts if part)


def _html(above: str, shown: _Shown) -> str:
    first, parts = 1, [above]
    for words, choices in shown:
        parts.append(f"<p>{words.html or html_of(words.text)}</p>{list_of(choices, first=first)}")
        first += sum(not choice.url for choice in choices)
    return "".join(parts)
