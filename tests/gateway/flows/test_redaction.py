"""What is kept of what a person wrote."""

import pytest

from amanat.gateway.flows.redaction import for_keeping, masked, without_identity_numbers
from amanat.gateway.flows.session import Said, Sent
from tests.gateway.flows.sample import Chat


@pytest.mark.parametrize(
    ("value", "shown"),
    [("3171000000000001", "••••••••••••0001"), ("12345678", "••••5678"), ("1234567", "•••••••"), ("1", "••••")],
)
def test_a_secret_leaves_only_its_end(value: str, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize(
    "nik", ["3171000000000001", "3171 0000 0000 0001", "3171-0000-0000-0001", "31.71.00.0000000001"]
)
def test_an_identity_number_in_a_free_text_is_masked(nik: str) -> None:
    assert without_identity_numbers(f"NIK saya {nik}.") == "NIK saya ••••••••••••0001."


@pytest.mark.parametrize("text", ["081234567890", "Rp 1.000.000", "12345678901234567", ""])
def test_other_numbers_stay(text: str) -> None:
    assert without_identity_numbers(text) == text


def test_an_answer_to_a_secret_question_is_kept_masked() -> None:
    chat = Chat()
    chat.say("halo", "status")
    kept = for_keeping(chat.flow, chat.session, heard=Said(text="nik saya 12345"))
    assert kept == Said(text="••••••••••2345")


def test_everything_else_is_kept_but_for_identity_numbers() -> None:
    chat = Chat()
    chat.say("halo")
    assert for_keeping(chat.flow, chat.session, heard=Said(text="halo")) == Said(text="halo")
    assert for_keeping(chat.flow, chat.session, heard=Said(text="3171000000000001")) == Said(text="••••••••••••0001")
    assert for_keeping(chat.flow, chat.session, heard=Sent(kind="voice")) == Sent(kind="voice")
