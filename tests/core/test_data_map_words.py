from amanat.core.data_map import Kind
from amanat.core.data_map_words import PRIVACY


def test_every_kind_is_told_in_both_languages_in_whole_sentences() -> None:
    assert set(PRIVACY) == set(Kind)
    for languages in PRIVACY.values():
        assert set(languages) == {"id", "en"}
        assert all(
            sentence.endswith(".") and len(sentence) <= 120
            for words in languages.values()
            for sentence in (words.what, words.why, words.kept)
        )
