"""What somebody chose, and under which message."""

from typing import Any

import pytest

from amanat.gateway.bots.choosing import choice_of
from amanat.gateway.bots.menus import USED_PROMPT
from amanat.gateway.bots.model import Choice, Place, Words
from amanat.gateway.bots.people import Scene, chat_of
from amanat.gateway.bots.tables import ChatRow, Kept, Menu, MessageRow, PersonRow, encode

NEW = Kept(
    body=Words(text="Pilih"), choices=(Choice(label="Ya", data="y"), Choice(label="Peta", url="https://a.example"))
)
OLD = Kept(body=Words(text="Dulu"), choices=(Choice(label="Lama", data="l"),))
ANI = PersonRow("@ani:localhost", 7, "Ani", "")
QUOTED = MessageRow("$old", 3, "!a:localhost", "", 0, encode(OLD), 0)


def _chosen(content: dict[str, Any], text: str = "", quoted: MessageRow | None = None) -> tuple[int, str] | None:
    menu = encode(Menu(number=5, ts=0, kept=NEW))
    row = ChatRow("!a:localhost", 7, "private", "", "@ani:localhost", 1, 0, menu)
    found = choice_of(content, Words(text=text), scene=Scene(chat_of(row, ANI), row, ANI), quoted=quoted)
    return (found[0].number, found[1].data) if found else None


def _used(prompt: str) -> dict[str, Any]:
    return {USED_PROMPT: {"id": prompt}}


@pytest.mark.parametrize(
    ("content", "text", "quoted", "chosen"),
    [
        (_used("m5/c0"), "", None, (5, "y")),
        (_used("m5/c1"), "", None, None),
        (_used("m5/c2"), "", None, None),
        (_used("m3/c0"), "", QUOTED, (3, "l")),
        (_used("m3/c0"), "ya", None, (5, "y")),
        ({}, "1", None, (5, "y")),
        ({}, "lama", QUOTED, None),
    ],
    ids=[
        "button",
        "a-page-is-no-choice",
        "no-such-button",
        "older-menu",
        "unknown-menu",
        "number",
        "words-of-an-old-one",
    ],
)
def test_a_choice_is_of_the_menu_that_it_names_or_else_of_the_newest(
    content: dict[str, Any], text: str, quoted: MessageRow | None, chosen: tuple[int, str] | None
) -> None:
    assert _chosen(content, text, quoted) == chosen


def test_what_is_no_text_chooses_nothing_by_its_words() -> None:
    row = ChatRow("!a:localhost", 7, "private", "", "", 1, 0, encode(Menu(number=5, ts=0, kept=NEW)))
    scene = Scene(chat_of(row, ANI), row, ANI)
    assert choice_of({}, Place(latitude=0, longitude=0, text="ya"), scene=scene, quoted=None) is None
