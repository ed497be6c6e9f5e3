"""The list of a day, and the same as a spreadsheet opens it."""

import csv
from datetime import date
from typing import get_args

import pytest

from amanat.gateway.appointments.day_sheet import WORDS, Called, Line, csv_of, lines_of
from amanat.gateway.appointments.settings import CHANNELS
from amanat.gateway.appointments.tables import State
from tests.gateway.appointments.sample import Office


async def test_a_line_for_each_visit_and_no_text_becomes_a_formula(office: Office) -> None:
    await office.book("ani", "2026-11-24", time="09:00", details={"name": '=HYPERLINK("x")'}, identity="317100001")
    await office.book("budi", "2026-11-24", details={"name": "Budi; Santoso"})
    rows = await office.desk.day(office.store, counters=["timur.foto"], day=date(2026, 11, 24))
    lines = lines_of(rows, office.agenda)
    assert [(line.time, line.state, line.details["name"]) for line in lines] == [
        ("08:00", "booked", "Budi; Santoso"),
        ("09:00", "booked", '=HYPERLINK("x")'),
    ]
    written = csv_of(lines, language="id", called=Called())
    read = list(csv.DictReader(written.splitlines()))
    assert next((row["jam"], row["keadaan"], row["lewat"]) for row in read) == ("08:00", "ditunggu", "chat")
    assert [row["name"] for row in read] == ["Budi; Santoso", '\'=HYPERLINK("x")']
    assert "317100001" not in written


def test_details_are_called_as_the_folder_says() -> None:
    kept = {"name": "Ani", "purpose": "new", "note": "-"}
    line = Line(
        time="08:00", number="A1", service="foto", counter="1", state="booked", channel="chat", priority="", arrived="",
        details=kept,
    )  # fmt: skip
    called = Called(
        names={"name": {"id": "Nama", "en": "Name"}, "purpose": {"id": "=Keperluan"}},
        options={"purpose": {"new": {"id": "Paspor baru", "en": "New passport"}}},
    )
    (read,) = csv.DictReader(csv_of([line], language="en", called=called).splitlines())
    assert (read["Name"], read["'=Keperluan"], read["note"]) == ("Ani", "New passport", "'-")


def test_a_day_without_visits_has_its_heading() -> None:
    assert csv_of([], language="en", called=Called()).splitlines() == [
        "time,number,service,counter,state,by,priority,arrived"
    ]


@pytest.mark.parametrize("language", WORDS)
def test_every_column_state_and_channel_has_a_word(language: str) -> None:
    shown = {*Line.__struct_fields__, *get_args(State), *CHANNELS} - {"details", "held", "gone"}
    assert shown <= WORDS[language].keys()
