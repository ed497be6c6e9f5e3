"""Which option a person meant: a row for each rule, and for what nobody should guess."""

import pytest

from amanat.gateway.flows.matching import chosen, folded, is_near

TITLES = {
    "status": ["Status permohonan", "Application status"],
    "payment": ["Biaya dan pembayaran", "Fees and payment"],
    "queue": ["Antrean pengambilan", "Collection queue"],
    "yes": ["Ya", "Yes"],
    "no": ["Tidak jadi", "Never mind"],
}


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("2", "payment"),
        (" 2) ", "payment"),
        ("nomor 3", "queue"),
        ("pilih 3", "queue"),
        ("２", "payment"),
        ("0", None),
        ("6", None),
        ("22", None),
        ("Status permohonan", "status"),
        ("STATUS  PERMOHONAN!!", "status"),
        ("application status", "status"),
        ("queue", "queue"),
        ("biaya", "payment"),
        ("bayar", "payment"),
        ("antrian", "queue"),
        ("permohnan", "status"),
        ("statsu", "status"),
        ("ya", "yes"),
        ("Ya 👍", "yes"),
        ("jadi", "no"),
        ("y", None),
        ("saya mau bayar besok", None),
        ("saya mau bayar", "payment"),
        ("Pak, mau tanya biaya", "payment"),
        ("I want to check the status please", "status"),
        ("tolong pak", None),
        ("tidak tahu", None),
        ("saya tidak bisa", None),
        ("pe", None),
        ("and", "payment"),
        ("👍", None),
        ("", None),
        ("status biaya", None),
        ("x" * 100_000, None),
    ],
)
def test_an_option_is_meant_or_nobody_guesses(said: str, option: str | None) -> None:
    assert chosen(said, TITLES) == option


def test_two_options_that_fit_alike_are_asked_about() -> None:
    assert chosen("paspor", {"new": ["Paspor baru"], "old": ["Paspor lama"]}) is None


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("biaya", "biaya", True),
        ("biaya", "biya", True),
        ("biaya", "biayya", True),
        ("biaya", "biaxa", True),
        ("biaya", "baiya", True),
        ("biaya", "ayaib", False),
        ("biaya", "bi", False),
        ("ya", "yo", False),
        ("satu dua", "satu", False),
    ],
)
def test_one_slip_in_a_word_is_forgiven(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) is near
    assert is_near(other, one) is near


def test_what_makes_no_difference_is_left_out() -> None:
    assert folded("  Café — NOMOR_1! 🙂") == "cafe nomor 1"
