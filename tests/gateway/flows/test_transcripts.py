"""Golden transcripts: those of the samples hold, and each way to differ is told with its line."""

import pytest

from amanat.cli.sample_services import EXAMPLES
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.transcripts import run_transcripts
from amanat.gateway.service_files import load_service
from tests.gateway.flows.sample import FILES, FLOW_READ

GOOD = """\
# A file of talks, in prose too

## A booking
- at: 2026-11-23 10:00
- person: halo
- bot: Selamat datang. 1. Status surat … Selesai …
- presses: welcome/visit
- bot: Nama Anda?
- sends: voice
- bot: … pesan suara …
- person: Budi
- does: book desk
- comes back: booked number="A 1" date=2026-12-01 time=09:00
- bot: A 1, 1 Desember 2026 pukul 09:00.
- bot: Selamat …
- person: petugas
- does: hand over front
- bot: Petugas datang.
- staff: done
- bot: Selamat …
- waits: 31 minutes
- bot: Percakapan ...
"""


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_literacy_bot_is_shown_whole_in_each_language(language: str) -> None:
    files = read_folder(EXAMPLES / "literasi-digital")
    spoken = {name: content for name, content in files.items() if name == f"transcripts/{language}.md"}
    report = run_transcripts(load_service(files).flow, spoken)
    assert (report.conversations, report.problems, report.unvisited) == (6, (), ())


@pytest.mark.parametrize("folder", sorted(path.parent.name for path in EXAMPLES.glob("*/flow.yaml")))
def test_the_sample_flows_hold_and_every_step_is_shown(folder: str) -> None:
    files = read_folder(EXAMPLES / folder)
    report = run_transcripts(load_service(files).flow, files)
    assert report.problems == ()
    assert report.conversations > 0
    assert report.unvisited == ()


def test_a_conversation_holds() -> None:
    report = run_transcripts(FLOW_READ, {**FILES, "transcripts/a.md": GOOD.encode()})
    assert report.problems == ()
    assert report.conversations == 1
    assert "look_up" in report.unvisited


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("- bot: Nama Anda?\n", "- bot: Nama?\n", "transcripts/a.md:8: The bot said: Nama Anda?"),
        ("- bot: Nama Anda?\n", "", "transcripts/a.md:8: Before this line, the bot also said: Nama Anda?"),
        ("- bot: Percakapan ...\n", "", "transcripts/a.md:21: Before this line, the bot also said: Percakapan ini"),
        ("- staff: done\n", "- staff: done\n- bot: Hai\n", "transcripts/a.md:20: The bot said: Selamat datang."),
        (
            "- bot: Selamat …\n- waits",
            "- bot: Selamat …\n- bot: Ya\n- waits",
            "transcripts/a.md:21: The bot said nothing here.",
        ),
        ("does: book desk", "does: book seat", "transcripts/a.md:12: The bot did not book seat. It did book desk."),
        ("- presses", "- press", "transcripts/a.md:7: 'press' does nothing in a transcript. Did you mean 'presses'?"),
        ("sends: voice", "sends: money", "transcripts/a.md:9: Nobody can send 'money'."),
        ("31 minutes", "a while", "transcripts/a.md:21: 'a while' is no time: write '30 minutes'."),
        ("2026-11-23 10:00", "noon", "transcripts/a.md:4: 'noon' is no moment: write '2026-11-23 09:00'."),
        (
            "# A file of talks, in prose too\n\n## A booking\n",
            "",
            "transcripts/a.md:1: A conversation begins with a heading",
        ),
    ],
)
def test_what_differs_is_told_with_its_line(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    report = run_transcripts(FLOW_READ, {**FILES, "transcripts/a.md": GOOD.replace(old, new).encode()})
    assert any(str(found).startswith(problem) for found in report.problems), report.problems
