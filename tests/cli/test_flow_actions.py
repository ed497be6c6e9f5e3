"""`amanat flow` on the sample that comes with Amanat, and on one with a mistake."""

import io
import shutil
from pathlib import Path

import pytest

from amanat.cli.sample_services import EXAMPLES
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from tests.cli.conftest import Call
from tests.gateway.service.asking import asking

SAMPLE = EXAMPLES / "layanan-paspor"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Make the sample with a menu that leads nowhere."""
    folder = shutil.copytree(SAMPLE, tmp_path / "broken")
    flow = folder / "flow.yaml"
    flow.write_text(flow.read_text().replace("      payment: payment", "      payment: paymnt"))
    return folder


def test_a_flow_without_mistakes_is_fine(call: Call) -> None:
    ended = call("flow", "lint", SAMPLE)
    assert ended.code == 0
    assert ended.out.startswith("layanan-paspor is fine: ")
    assert ended.out.endswith("Appointments: passport_visit at timur.foto.\n")


def test_a_mistake_is_told_with_its_line(call: Call, broken: Path) -> None:
    for action in ("lint", "test", "draw", "chat"):
        ended = call("flow", action, broken)
        assert ended.code == 1
        assert ": There is no step 'paymnt'. Did you mean 'payment'?" in ended.err


def test_what_no_table_answers_needs_a_line_of_the_operators(call: Call, tmp_path: Path) -> None:
    folder = asking(SAMPLE, tmp_path / "asking")
    assert (
        "The connector 'application' is told reference, born and tells status, office"
        in call("flow", "lint", folder).out
    )
    service = tmp_path / "service"
    ServiceFolder(service).prepare(ServiceStamp(server_name="localhost", user_id="@a:localhost", created_ts=1))
    refused = call("flow", "lint", folder, "--service", service)
    assert (refused.code, "says nothing of the connector 'application'" in refused.err) == (1, True)
    assert "Not yet connected: connectors.toml says nothing" in call("flow", "publish", folder, service).out
    connectors = service / "connectors.toml"
    connectors.touch(mode=0o644)
    assert "chmod 600" in call("flow", "lint", folder, "--service", service).err
    connectors.chmod(0o600)
    connectors.write_text(
        '[application]\nkind = "http"\nurl = "https://api.example.go.id/{reference}/{born}"\n'
        'gives = {status = "/status", office = "/office"}\n'
    )
    assert call("flow", "lint", folder, "--service", service).code == 0


def test_transcripts_hold_or_tell_what_differs(call: Call, tmp_path: Path) -> None:
    assert call("flow", "test", SAMPLE).out == "All 16 conversations hold.\n"
    folder = shutil.copytree(SAMPLE, tmp_path / "changed")
    texts = folder / "texts" / "id.md"
    texts.write_text(texts.read_text().replace("Kantor sedang tutup", "Tutup"))
    (folder / "transcripts" / "answers.md").unlink()
    ended = call("flow", "test", folder)
    assert ended.code == 1
    assert "1 of the transcripts' lines do not hold." in ended.err
    assert "The bot said: Tutup." in ended.err
    (folder / "transcripts" / "acts.md").unlink()
    assert "No conversation comes to: payment" in call("flow", "test", folder).out


def test_a_flow_is_drawn_in_a_language_it_speaks(call: Call) -> None:
    assert '-->|"Fees and payment"| step_payment' in call("flow", "draw", SAMPLE, "--language", "en").out
    assert call("flow", "draw", SAMPLE, "--language", "fr").code == 2


def test_a_flow_is_tried_in_the_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ["hello", "/voice", "appointment", "1", "Budi", "31-12-2099", "yes", "/wait 1 minute", "/done", "/quit"]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
    said = call("flow", "chat", SAMPLE, "--language", "en").out
    for part in ("1. Application status – ", "cannot listen", "pretends: book passport_visit", "is CONTOH-1: "):
        assert part in said


def test_a_conversation_ends_with_its_input(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("halo"))
    assert call("flow", "chat", SAMPLE).code == 0


def test_a_flow_is_published_and_taken_back(call: Call, tmp_path: Path) -> None:
    service = tmp_path / "gateway" / "paspor"
    refused = call("flow", "publish", SAMPLE, service)
    assert (refused.code, "holds no service" in refused.err) == (1, True)
    ServiceFolder(service).prepare(ServiceStamp(server_name="localhost", user_id="@paspor:localhost", created_ts=1))
    first = call("flow", "publish", SAMPLE, service).out.split()[-1].rstrip(".")
    assert "no version before" in call("flow", "back", service).err
    folder = shutil.copytree(SAMPLE, tmp_path / "changed")
    texts = folder / "texts" / "id.md"
    texts.write_text(texts.read_text().replace("Selamat datang", "Halo"))
    assert call("flow", "publish", folder, service).code == 0
    assert call("flow", "back", service).out == f"paspor speaks {first} again.\n"
    assert "no published version x" in call("flow", "back", service, "x").err
    texts.write_text("")
    assert call("flow", "publish", folder, service).code == 1
