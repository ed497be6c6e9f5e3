"""`appointments.yaml` is read as it is meant."""

from datetime import time

import pytest

from amanat.gateway.appointments.reading import FILE, read_agenda
from amanat.gateway.appointments.settings import DAY_MS, HOUR_MS, MINUTE_MS
from amanat.gateway.office_files.problems import FilesRefused, Findings
from tests.gateway.appointments.sample import CLOSURES, OFFICE, edited


def test_what_is_not_said_is_as_usual() -> None:
    service = edited(("hold: 10 minutes", "keep: 60 days")).services["passport"]
    assert (service.hold_ms, service.keep_ms, service.moves) == (10 * MINUTE_MS, 60 * DAY_MS, 1)
    assert service.remind_ms == (DAY_MS, 2 * HOUR_MS)
    assert (service.release, service.strikes, service.block_ms) == (None, 2, 7 * DAY_MS)


def test_what_is_said_is_read() -> None:
    rules = (
        "release: 07.30\n    remind: 3 hours\n    move: {times: 2, before: 2 days}\n    limit: {person: 2, identity: 3}"
    )
    service = edited(("hold: 10 minutes", rules)).services["passport"]
    assert service.release == time(7, 30)
    assert service.remind_ms == (3 * HOUR_MS,)
    assert (service.moves, service.move_before_ms) == (2, 2 * DAY_MS)
    assert (service.per_person, service.per_identity) == (2, 3)


def test_the_files_that_are_used_are_named() -> None:
    _, used = read_agenda({FILE: OFFICE, "closures.ics": CLOSURES}, findings=Findings())
    assert used == {FILE, "closures.ics"}


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (
            ("at: timur.foto", "at: timur.photo"),
            "appointments.yaml:15: There is no counter 'timur.photo'. Did you mean",
        ),
        (("code: PSP", "code: POLI"), "'code' needs one to 4 letters or digits without 0, O, 1, I and L"),
        (("code: PSP", "kode: PSP"), "'kode' is not known in the service 'passport'. Did you mean 'code'?"),
        (("hold: 10 minutes", "release: pagi"), "'release' needs a time such as 07:30, not 'pagi'."),
        (("closures.ics]", "libur.ics]"), "There is no .ics file 'libur.ics' in this folder."),
        (
            ("zone: Asia/Jakarta", "zone: WIB"),
            "'WIB' is no time zone: write Asia/Jakarta, Asia/Makassar or Asia/Jayapura.",
        ),
        (("    title: {id: Paspor, en: Passport}\n", ""), "The service 'passport' needs 'title'"),
        (("    at: timur.foto\n", ""), "The service 'passport' needs 'at'"),
        (("walk_in: 1", "walk_in: some"), "'walk_in' needs a whole number, not 'some'."),
    ],
)
def test_a_slip_is_told_with_its_line(edit: tuple[str, str], sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        edited(edit)
    assert sentence in str(refused.value)


def test_a_file_without_places_or_services_is_refused() -> None:
    with pytest.raises(FilesRefused) as refused:
        read_agenda({FILE: "places: {}\n"}, findings=Findings())
    assert "needs 'services'" in str(refused.value)
