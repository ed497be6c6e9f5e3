"""The old Markdown, which knows no nesting."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.markdown_mode import code_block, parse
from tests.gateway.telegram_bot_api.marks import described


@pytest.mark.parametrize(
    ("markdown", "text", "marks"),
    [
        ("*b* _i_ `c`", "b i c", ["bold 0+1", "italic 2+1", "code 4+1"]),
        ("*a _b_*", "a _b_", ["bold 0+5"]),
        (r"snake\_case \a \*", "snake_case \\a *", []),
        ("[l](http://x.id) [x.id]", "l x.id", ["text_link 0+1 http://x.id", "text_link 2+4 http://x.id"]),
        ("[l](nothing)", "l", []),
        ("```py\nx=1```", "x=1", ["pre 0+3 py"]),
        ("```\nx`1```", "x`1", ["pre 0+3"]),
        ("**", "", []),
    ],
)
def test_signs_become_marks(markdown: str, text: str, marks: list[str]) -> None:
    formatted = parse(markdown)
    assert (formatted.text, described(formatted)) == (text, marks)


@pytest.mark.parametrize(("markdown", "byte"), [("snake_case", 5), ("é *b", 3), ("```x``", 0), ("[x", 0)])
def test_a_mark_without_an_end_is_named_with_its_byte(markdown: str, byte: int) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(markdown)
    reason = f"can't parse entities: Can't find end of the entity starting at byte offset {byte}"
    assert refused.value.description == f"Bad Request: {reason}"


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="ab_*`[]()\\\n", max_size=40))
def test_whatever_is_written_is_read_or_refused(markdown: str) -> None:
    try:
        formatted = parse(markdown)
    except BadRequest:
        return
    assert all(mark.end <= len(formatted.text) for mark in formatted.entities)


def test_a_block_may_name_its_language() -> None:
    assert code_block("py\nx", 0) == ("py", 3)
    assert code_block("\r\nx", 0) == ("", 2)
    assert code_block("x```", 0) == ("", 0)
