"""The page names every type and key that the gate lets through in clear, and says what the gate is not."""

import re
from pathlib import Path

import pytest

from amanat.core.gate_shapes import paths
from amanat.core.gate_tables import MESSAGES, STATE, TO_DEVICE, Entry
from amanat.core.room_classes import CLASSES
from tools import what_the_server_sees


@pytest.mark.parametrize("table", [MESSAGES, STATE, TO_DEVICE], ids=["messages", "state", "to-device"])
def test_every_type_and_key_in_clear_is_named_with_its_reason(table: dict[str, Entry]) -> None:
    page = what_the_server_sees.render()
    for event_type, entry in table.items():
        assert f"### `{event_type}`\n\n{entry.why}" in page
        for path, key in paths(entry.content):
            assert f"| `{path}`" in page
            assert f"| {key.why} |" in page
            assert key.why.endswith(".")


def test_free_text_stands_out() -> None:
    assert (
        "| `name` | **text of at most 255 characters, or null** | The room's name. |" in what_the_server_sees.render()
    )


def test_every_class_has_its_row() -> None:
    page = what_the_server_sees.render()
    assert [name for name in CLASSES if f"\n| `{name}` | " not in page] == []


def test_the_app_says_each_line_of_the_page_in_both_languages() -> None:
    said = (what_the_server_sees.ROOT / "web/src/i18n/server_sees_words.ts").read_text()
    indonesian, english = (re.findall(r"^        (\w+): ", part, re.MULTILINE) for part in said.split("    en: {"))
    assert indonesian == english == list(what_the_server_sees.ALWAYS)


def test_the_page_says_what_the_gate_does_not_stop() -> None:
    assert "does not stop somebody who dresses text as ciphertext" in what_the_server_sees.render()


def test_check_fails_until_the_page_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(what_the_server_sees, "ROOT", tmp_path)
    assert what_the_server_sees.main(["--check"]) == 1
    assert "make docs" in capsys.readouterr().out
    assert what_the_server_sees.main([]) == 0
    assert what_the_server_sees.main(["--check"]) == 0


def test_the_page_in_the_repository_is_current() -> None:
    assert what_the_server_sees.main(["--check"]) == 0
