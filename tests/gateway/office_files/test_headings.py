"""A file is cut at its headings, and what stands above them is a slip."""

from amanat.gateway.office_files.headings import blocks
from amanat.gateway.office_files.problems import Findings


def test_each_heading_has_its_lines_and_comments_are_left_out() -> None:
    findings = Findings()
    content = "# Texts\n<!-- a\ncomment -->\n## one ##\n\nA \nB\n## two\n"
    assert blocks("a.md", content, findings=findings) == [("one", 4, ["", "A", "B"]), ("two", 8, [])]
    assert findings.problems == ()


def test_a_line_above_the_first_is_never_said() -> None:
    findings = Findings()
    assert blocks("a.md", "lost\n## one\n", findings=findings) == [("one", 2, [])]
    assert [problem.line for problem in findings.problems] == [1]
