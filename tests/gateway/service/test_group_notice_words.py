"""The notice says who runs the service, what it reads, what its program hears and how it goes, in both languages."""

import pytest

from amanat.gateway.service.group_notice_words import About, Hears, notice


def test_a_host_is_named_as_a_reader() -> None:
    indonesian, english = notice(About(username="toko", host="PT Contoh")).split("\n\n")
    assert "dijalankan **PT Contoh**, yang bisa membaca semua" in indonesian
    assert "run by **PT Contoh**, who can read all that is written in this group from now on" in english
    assert "An admin can remove me in Group info." in english


def test_an_owner_who_runs_it_is_not_passed_over() -> None:
    assert "I am run by my owner, who can read all" in notice(About(username="toko"))


@pytest.mark.parametrize(
    ("hears", "said"),
    [
        ("named", "told only of commands, answers to me, and what names @toko"),
        ("all", "told of everything"),
        ("first", "answer only the first who writes here"),
    ],
)
def test_it_says_what_the_program_is_told(hears: Hears, said: str) -> None:
    text = notice(About(username="toko", hears=hears))
    assert said in text
    assert "{" not in text
