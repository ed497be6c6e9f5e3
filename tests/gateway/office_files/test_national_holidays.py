"""National holidays and collective leave, as decreed."""

from datetime import date

import pytest

from amanat.gateway.office_files.national_holidays import holiday_on


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-03-19", "Hari Suci Nyepi"),
        ("2026-03-20", "Cuti Bersama Hari Raya Idul Fitri"),
        ("2026-03-21", "Hari Raya Idul Fitri"),
        ("2026-03-22", "Hari kedua dari Hari Raya Idul Fitri"),
        ("2026-03-23", "Cuti Bersama Hari Raya Idul Fitri"),
        ("2026-03-24", "Cuti Bersama Hari Raya Idul Fitri"),
        ("2026-03-25", None),
        ("2026-08-17", "Hari Kemerdekaan Republik Indonesia"),
        ("2026-12-24", "Cuti Bersama Hari Raya Natal"),
        ("2026-12-26", None),
        ("2027-01-01", "Tahun Baru Masehi"),
    ],
)
def test_holidays_and_collective_leave_are_known(day: str, name: str | None) -> None:
    assert holiday_on(date.fromisoformat(day)) == name
