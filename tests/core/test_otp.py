from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core import otp
from amanat.core.otp import DAY_MS, UNHURRIED, UNLIMITED

MINUTE_MS = 60_000
HOSTS = st.from_regex(r"[a-z0-9]([a-z0-9.-]{0,40}[a-z0-9])?", fullmatch=True)


@pytest.mark.parametrize("number", [0, 7, 42, 999_999])
def test_a_code_has_six_digits(number: int) -> None:
    code = otp.code_of(number)
    assert (len(code), int(code)) == (6, number)


@pytest.mark.parametrize("typed", ["123456", " 123 456 ", "123-456", "12 34 56"])
def test_a_code_is_read_with_the_spaces_people_type(typed: str) -> None:
    assert otp.read_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "１２３４５６", "123456\n", "0" * 1000])
def test_what_is_not_six_digits_is_no_code(typed: str) -> None:
    assert otp.read_code(typed) is None


def test_waits_grow_and_five_a_day_are_enough() -> None:
    sent: list[int] = []
    waits = []
    now = 0
    for _ in range(5):
        waits.append(otp.wait_ms(sent, now_ms=now, pace=UNHURRIED))
        now += waits[-1]
        sent.append(now)
    assert [wait / MINUTE_MS for wait in waits] == [0, 1, 2, 5, 15]
    assert otp.wait_ms(sent, now_ms=now, pace=UNHURRIED) == DAY_MS - now
    assert otp.wait_ms(sent, now_ms=DAY_MS, pace=UNHURRIED) == 0


@settings(max_examples=200)
@given(st.lists(st.integers(0, DAY_MS), max_size=40))
def test_no_more_than_five_are_ever_sent_within_a_day(pauses: list[int]) -> None:
    now = 0
    sent: list[int] = []
    for pause in pauses:
        now += pause
        if otp.wait_ms(sent, now_ms=now, pace=UNHURRIED) == 0:
            sent.append(now)
    assert all(later - earlier >= DAY_MS for earlier, later in zip(sent, sent[5:], strict=False))
    assert all(later - earlier >= MINUTE_MS for earlier, later in pairwise(sent))


@settings(max_examples=100)
@given(st.lists(st.integers(0, DAY_MS * 2), min_size=1, max_size=8).map(sorted), st.integers(0, DAY_MS))
def test_after_the_wait_there_is_none(sent: list[int], later: int) -> None:
    now = sent[-1] + later
    wait = otp.wait_ms(sent, now_ms=now, pace=UNHURRIED)
    assert otp.wait_ms(sent, now_ms=now + wait, pace=UNHURRIED) == 0


def test_a_lab_does_not_wait() -> None:
    assert otp.wait_ms([1, 1, 1, 1, 1, 1], now_ms=1, pace=UNLIMITED) == 0


@pytest.mark.parametrize("language", ["id", "en", "fr", ""])
def test_the_text_says_in_both_languages_never_to_share_it_with_staff(language: str) -> None:
    text = otp.sms_text("123456", host="chat.example.id", language=language)
    assert "JANGAN beri siapa pun, termasuk petugas" in text
    assert "ever share it, not even with staff" in text.replace("NEVER", "Never")
    assert text.startswith("Amanat code: 123456" if language == "en" else "Kode Amanat: 123456")


@settings(max_examples=100)
@given(HOSTS, st.integers(0, otp.CODES - 1), st.sampled_from(["id", "en"]))
def test_the_text_is_one_sms_and_ends_with_the_line_that_binds_it(host: str, number: int, language: str) -> None:
    code = otp.code_of(number)
    text = otp.sms_text(code, host=host, language=language)
    size = otp.septets(text)
    assert size is not None
    assert size <= otp.MAX_SEPTETS
    # https://wicg.github.io/sms-one-time-codes/: the last line, and nothing after it.
    assert text.splitlines()[-1] == f"@{host} #{code}"
    assert not text.endswith("\n")
    assert otp.fits_host(host)


def test_a_host_that_makes_two_texts_of_one_does_not_fit() -> None:
    assert not otp.fits_host("x" * 80)
    assert not otp.fits_host("contoh.इंडिया")


def test_septets_are_counted_as_the_network_counts_them() -> None:
    assert otp.septets("Kode") == 4
    assert otp.septets("€[]") == 6
    assert otp.septets("–") is None


def test_the_alphabet_is_that_of_the_network() -> None:
    plain = [character for number in range(0x3000) if otp.septets(character := chr(number)) == 1]
    extended = [character for number in range(0x3000) if otp.septets(character := chr(number)) == 2]
    # 3GPP TS 23.038, 6.2.1: 128 places, one of them the escape; its extension has ten more.
    assert (len(plain), len(extended)) == (127, 10)
