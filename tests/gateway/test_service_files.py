"""A flow and the appointments it makes are held against each other."""

import pytest

from amanat.cli.sample_services import EXAMPLES
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.service_files import load_service

SAMPLE = read_folder(EXAMPLES / "layanan-paspor")
FLOW, APPOINTMENTS = "flow.yaml", "appointments.yaml"


def edited(file: str, old: str, new: str, *more: tuple[str, str, str]) -> dict[str, bytes]:
    files = dict(SAMPLE)
    for name, before, after in ((file, old, new), *more):
        content = files[name].decode()
        assert before in content
        files[name] = content.replace(before, after, 1).encode()
    return files


def test_the_sample_has_a_flow_and_an_office() -> None:
    service = load_service(SAMPLE)
    assert service.flow.id == "layanan-paspor"
    assert service.agenda is not None
    assert list(service.agenda.services) == ["passport_visit"]


def test_a_flow_without_appointments_needs_no_file_for_them() -> None:
    literacy = {
        "flow.yaml": b"flow: halo\ntitle: {id: Halo}\nlanguages: [id]\nstart: a\nsteps:\n  a: {say: a, end: yes}\n",
        "texts/id.md": b"## a\nHalo.\n",
    }
    assert load_service(literacy).agenda is None


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            {name: content for name, content in SAMPLE.items() if name != APPOINTMENTS},
            "'hold' needs the file appointments.yaml, which says what can be booked.",
        ),
        (edited(FLOW, "    cancel: passport_visit", "    cancel: passport_vist"), "Did you mean 'passport_visit'?"),
        (edited(APPOINTMENTS, "asks: [name, purpose]", "asks: [name]"), "has no use for 'purpose': name it in 'asks'"),
        (edited(APPOINTMENTS, "hold: 10 minutes", "identity: nik"), "goes by 'nik': write it into 'with'."),
        (edited(APPOINTMENTS, "hold: 10 minutes", "release: 07:30"), "'timeout' needs at least 2 minutes."),
        (
            edited(
                APPOINTMENTS, "hold: 10 minutes", "release: 07:30", (FLOW, "with: [purpose, name, day]", "with: [name]")
            ),
            "drawn by lot: write 'day' into 'with'.",
        ),
        (
            edited(APPOINTMENTS, "capacity: 8", "capacity: 0"),
            "appointments.yaml:14: The counter 'foto' needs",
        ),
        (edited(FLOW, "wait: passport_visit\n    with: [purpose, name, day]", "wait: passport_visit"), "without a day"),
        ({**SAMPLE, "other.ics": b""}, "other.ics:1: Nothing in flow.yaml uses this file."),
    ],
)
def test_what_does_not_fit_is_told(files: dict[str, bytes], sentence: str) -> None:
    with pytest.raises(FilesRefused) as refused:
        load_service(files)
    assert sentence in str(refused.value)


def test_slips_in_both_files_are_told_together() -> None:
    both = {**edited(FLOW, "start: welcome", "start: welcom"), APPOINTMENTS: b"places: {}\n"}
    with pytest.raises(FilesRefused) as refused:
        load_service(both)
    assert {problem.file for problem in refused.value.problems} == {FLOW, APPOINTMENTS}
