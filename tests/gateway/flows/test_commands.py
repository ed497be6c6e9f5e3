"""The words that work anywhere."""

import pytest

from amanat.gateway.flows.commands import command_in, language_in, words_of
from tests.gateway.flows.sample import FLOW_READ


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Menu!", "menu"),
        ("batal", "cancel"),
        ("ganti bahasa", "language"),
        ("petugas", "human"),
        ("English", "en"),
        ("bahasa indonesia", "id"),
        ("indonesia", None),
        ("kapan saya bisa batal", None),
        ("mneu", None),
        ("👋", None),
    ],
)
def test_a_command_is_a_message_of_its_own(said: str, command: str | None) -> None:
    assert command_in(said, FLOW_READ) == command


def test_a_slip_is_forgiven_where_nothing_else_is_meant() -> None:
    assert command_in("mneu", FLOW_READ, nearly=True) == "menu"


def test_a_language_is_asked_for_by_any_of_its_names() -> None:
    assert [language_in(said, FLOW_READ) for said in ("inggris", "Bahasa Indonesia", "halo")] == ["en", "id", None]


def test_a_flow_adds_words_and_has_no_commands_without_use() -> None:
    words = words_of(("id",), own={"menu": ("beranda",)}, has_human=False)
    assert "beranda" in words["menu"]
    assert words.keys() == {"menu", "cancel"}
