"""Pages that are written from the code."""

from pathlib import Path

import pytest

from tools.page import write_or_check

PAGE = Path("docs/page.md")


def test_a_page_that_was_written_is_up_to_date_until_the_code_says_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(text: str, *flags: str) -> int:
        return write_or_check(PAGE, text, root=tmp_path, about=None, arguments=flags)

    assert run("one", "--check") == 1
    assert not (tmp_path / PAGE).exists()
    assert run("one") == 0
    assert (tmp_path / PAGE).read_text() == "one"
    assert (run("one", "--check"), run("two", "--check")) == (0, 1)
    assert "docs/page.md is out of date: run `make docs`" in capsys.readouterr().out
