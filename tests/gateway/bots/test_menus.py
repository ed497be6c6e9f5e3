"""Choices as buttons, numbers and words."""

from amanat.gateway.bots.bodies import content_of_words
from amanat.gateway.bots.menus import (
    PROMPTS,
    USED_PROMPT,
    WANTS,
    Used,
    asking,
    chosen_by_words,
    in_our_words,
    used_prompt,
    with_menu,
)
from amanat.gateway.bots.model import Choice, Words

CHOICES = (
    Choice(label="Status", data="s"),
    Choice(label="Situs", url="https://contoh.example/?a=1&b=2"),
    Choice(label="Syarat <1>", data="n", description="apa saja"),
)


def test_any_app_reads_numbers_and_an_app_with_buttons_their_ids() -> None:
    words = Words(text="Pilih")
    content = with_menu(content_of_words(words), words, choices=CHOICES, number=12, numbered=True)
    assert content["body"] == ("Pilih\n\n1. Status\nSitus: https://contoh.example/?a=1&b=2\n2. Syarat <1> – apa saja")
    assert "&lt;1&gt;" in content["formatted_body"]
    assert [prompt["id"] for prompt in content[PROMPTS]["prompts"]] == ["m12/c0", "m12/c2"]


def test_without_numbers_only_buttons() -> None:
    words = Words(text="Pilih", html="<b>Pilih</b>")
    content = with_menu(content_of_words(words), words, choices=CHOICES[:1], number=3, numbered=False)
    assert content["body"] == "Pilih"
    assert content[PROMPTS]["intro"]["content"]["m.text"][0] == {"body": "<b>Pilih</b>", "mimetype": "text/html"}


def test_what_is_chosen_by_words() -> None:
    assert chosen_by_words("1", CHOICES) == CHOICES[0]
    assert chosen_by_words(" 2. ", CHOICES) == CHOICES[2], "a page is no answer, and is not counted"
    assert chosen_by_words("status", CHOICES) == CHOICES[0]
    assert chosen_by_words("3", CHOICES) is None
    assert chosen_by_words("situs", CHOICES) is None
    assert chosen_by_words("", CHOICES) is None


def test_words_that_stand_on_several_buttons_name_none_and_numbers_do() -> None:
    twins = (Choice(label="Beli", data="kopi"), Choice(label="Beli", data="teh"))
    assert chosen_by_words("beli", twins) is None
    assert chosen_by_words("2", twins) == twins[1]


def test_what_we_say_ourselves_is_chosen_in_either_language() -> None:
    choice = in_our_words({"id": "Boleh", "en": "Allowed"}, data="yes")
    content = with_menu(content_of_words(Words(text="?")), Words(text="?"), choices=[choice], number=1, numbered=True)
    assert content["body"] == "?\n\n1. Boleh / Allowed"
    assert [chosen_by_words(said, [choice]) for said in ("boleh", "Allowed", "no")] == [choice, choice, None]


def test_which_button_was_pressed() -> None:
    assert used_prompt({USED_PROMPT: {"id": "m12/c0"}}) == Used(12, 0)
    for odd in ({"id": "m12/c0x"}, {"id": 5}, {}, "m12/c0", None):
        assert used_prompt({USED_PROMPT: odd}) is None


def test_what_asks_for_something_says_so_to_our_app_and_in_words_to_others() -> None:
    choices = [asking("phone"), Choice(label="Di sini", wants="place")]
    content = with_menu(content_of_words(Words(text="?")), Words(text="?"), choices=choices, number=1, numbered=True)
    first, second = content[PROMPTS]["prompts"]
    assert (first[WANTS], second[WANTS]) == ("phone", "place")
    assert [label["lang"] for label in first["label"]["m.text"]] == ["id", "en"]
    assert second["label"]["m.text"] == [{"body": "Di sini"}]
    assert "1. Bagikan nomor telepon \u2013 lewat aplikasi Amanat" in content["body"]
    assert chosen_by_words("bagikan nomor telepon", choices) == choices[0]
