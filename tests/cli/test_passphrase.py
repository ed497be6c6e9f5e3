"""A passphrase comes from a file's first line, or from the keyboard."""

from pathlib import Path

import pytest

from amanat.cli import passphrase as module
from amanat.cli.failure import Failure
from amanat.cli.passphrase import new_passphrase, passphrase


def test_it_is_the_first_line_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("correct horse battery\nnot this\n")
    assert passphrase(file) == new_passphrase(file) == "correct horse battery"


@pytest.mark.parametrize("content", [b"", b"\nsecond line\n", b"\xff\xfe"])
def test_a_file_without_one_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "passphrase"
    file.write_bytes(content)
    with pytest.raises(Failure):
        passphrase(file)


def test_a_new_one_is_typed_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["correct horse", "correct hose"])
    monkeypatch.setattr(module, "getpass", lambda _prompt: next(typed))
    with pytest.raises(Failure, match="not the same"):
        new_passphrase(None)
