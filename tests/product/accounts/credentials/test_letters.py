import pytest

from amanat.product.accounts.credentials.letters import SENTENCES, Language, code_letter, notice_letter
from amanat.product.accounts.credentials.notices import Kind, Notice


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_notice_has_its_sentence(language: Language) -> None:
    assert set(SENTENCES[language]) == set(Kind)
    assert all(sentence.endswith(".") for sentence in SENTENCES[language].values())


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_letter_has_a_link_to_follow(language: Language) -> None:
    notices = [Notice(kind, 1_700_000_000_000) for kind in Kind]
    told = notice_letter("ani@example.org", notices, language=language, server="chat.example.org")
    code = code_letter("ani@example.org", "482915", language=language, server="chat.example.org")
    for letter in (told, code):
        assert "://" not in letter.text
        assert "chat.example.org" in letter.subject
    assert "482915" in code.text
    assert "482915" not in code.subject


def test_a_letter_says_when_things_happened_and_will() -> None:
    notice = Notice(Kind.PIN_RESET_ASKED, 1_700_000_000_000, 1_700_259_200_000)
    letter = notice_letter("ani@example.org", [notice], language="id", server="localhost")
    assert "2023-11-14 22:13 UTC  Pengelola server akan menghapus PIN akun." in letter.text
    assert "(berlaku 2023-11-17 22:13 UTC)" in letter.text
