"""Dates in words."""

from amanat.product.accounts.pages.days import day, moment


def test_a_date_is_written_in_its_reader_s_language() -> None:
    assert day(1_767_546_000_000, language="id") == "5 Januari 2026"
    assert day(1_767_546_000_000, language="en") == "5 January 2026"


def test_a_moment_says_in_which_zone_it_is() -> None:
    assert moment(1_767_546_000_000, language="id") == "5 Januari 2026 pukul 00.00 WIB"
    assert moment(1_767_546_000_000, language="en") == "5 January 2026, 00:00 (UTC+7)"
