"""The bot's own words are whole in every language it knows."""

from amanat.gateway.flows.rendering import PLACE
from amanat.gateway.flows.wording import LANGUAGE_NAMES, NAMES, TEXTS, names_of, switch_words


def test_every_language_says_everything_with_the_same_values() -> None:
    for language, texts in TEXTS.items():
        assert tuple(texts) == NAMES
        assert language in LANGUAGE_NAMES
        for name, text in texts.items():
            assert PLACE.findall(text) == PLACE.findall(TEXTS["id"][name])


def test_a_language_that_is_not_known_is_called_by_its_code() -> None:
    assert names_of("jv") == ("jv",)


def test_the_name_of_a_country_alone_changes_no_language() -> None:
    assert "Indonesia" not in switch_words("id")
