"""Cards for our app, and what stands for them everywhere else."""

from typing import Any

from amanat.gateway.bots.bodies import content_of_words
from amanat.gateway.bots.cards import CARDS, with_cards
from amanat.gateway.bots.menus import PROMPTS, with_menu
from amanat.gateway.bots.model import Card, Choice, Json, Media, Words

PICTURE = Media(kind="picture", file=7, name="a.png", mimetype="image/png", size=12)
FILE = {"url": "mxc://localhost/a", "v": "v2"}
CHOICES = (
    Choice(label="Kopi", data="k"),
    Choice(label="Situs", url="https://contoh.example/?a=1&b=2"),
    Choice(label="Teh <1>", data="t"),
)
CARDS_OF = [
    (Card(media=PICTURE, words=Words(text="Panas & pahit"), choices=(0, 1)), FILE),
    (Card(media=PICTURE, words=Words(text="*Dingin* & sejuk", html="<b>Dingin</b> &amp; sejuk"), choices=(2,)), FILE),
]


def content(words: Words) -> Json:
    menu = with_menu(content_of_words(words), words, choices=CHOICES, number=12, numbered=False)
    return with_cards(menu, words, cards=CARDS_OF, choices=CHOICES, number=12)


def test_our_app_is_given_cards_whose_buttons_are_the_message_s_prompts() -> None:
    said = content(Words(text="Pilih"))
    first, second = said[CARDS]["cards"]
    assert first == {
        "image": {"file": FILE, "info": {"mimetype": "image/png", "size": 12}},
        "text": "Panas & pahit",
        "buttons": [{"id": "m12/c0", "label": "Kopi"}, {"url": "https://contoh.example/?a=1&b=2", "label": "Situs"}],
    }
    assert second["text"] == "Dingin & sejuk", "cards show no marks"
    assert second["buttons"] == [{"id": "m12/c2", "label": "Teh <1>"}]
    prompts: list[Any] = said[PROMPTS]["prompts"]
    assert [prompt["id"] for prompt in prompts] == ["m12/c0", "m12/c2"]
    assert said[CARDS]["intro"]["content"]["m.text"] == [{"body": "Pilih"}]


def test_others_read_each_card_with_its_choices_numbered_throughout() -> None:
    said = content(Words(text="Pilih <a>"))
    assert said["body"] == (
        "Pilih <a>\n\nPanas & pahit\n1. Kopi\nSitus: https://contoh.example/?a=1&b=2\n\n*Dingin* & sejuk\n2. Teh <1>"
    )
    assert said["formatted_body"] == (
        "Pilih &lt;a&gt;<p>Panas &amp; pahit</p><ol><li>Kopi</li></ol>"
        '<p><a href="https://contoh.example/?a=1&amp;b=2">Situs</a></p>'
        '<p><b>Dingin</b> &amp; sejuk</p><ol start="2"><li>Teh &lt;1&gt;</li></ol>'
    )
