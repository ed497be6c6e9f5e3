"""MarkdownV2: eighteen characters to escape, and what Telegram says where one was not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.telegram_bot_api.entities import utf16_length
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.markdown_v2_mode import parse
from tests.gateway.telegram_bot_api.marks import described

RESERVED = "_*[]()~`>#+-=|{}.!"


@pytest.mark.parametrize(
    ("markdown", "text", "marks"),
    [
        (
            "*b _i_ __u__* ~s~ ||p||",
            "b i u s p",
            ["bold 0+5", "italic 2+1", "underline 4+1", "strikethrough 6+1", "spoiler 8+1"],
        ),
        ("_a__b___", "ab", ["italic 0+2", "underline 1+1"]),
        (r"`c\`` `*_`", "c` *_", ["code 0+2", "code 3+2"]),
        (r"[l](http://x\.id) [x\.id]", "l x.id", ["text_link 0+1 http://x.id", "text_link 2+4 http://x.id"]),
        ("```py\nx.1```", "x.1", ["pre 0+3 py"]),
        (">q\n>r\nx", "q\nr\nx", ["blockquote 0+4"]),
        ("a\n>q", "a\nq", ["blockquote 2+1"]),
        (">q\n>r||", "q\nr", ["expandable_blockquote 0+3"]),
        ("**>a\n>b\nx", "a\nb\nx", ["expandable_blockquote 0+4"]),
        ("![👍](tg://emoji?id=5)", "👍", ["custom_emoji 0+2 5"]),
        (r"\a\\", "a\\", []),
        ("**", "", []),
    ],
)
def test_signs_become_marks(markdown: str, text: str, marks: list[str]) -> None:
    formatted = parse(markdown)
    assert (formatted.text, described(formatted)) == (text, marks)


@pytest.mark.parametrize(
    ("markdown", "reason"),
    [
        ("a.b", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("a *b", "Can't find end of Bold entity at byte offset 2"),
        ("*a\n_b", "Can't find end of Italic entity at byte offset 3"),
        ("é ||b", "Can't find end of Spoiler entity at byte offset 3"),
        (">a *b\nc", "Can't find end of Bold entity at byte offset 3"),
        ("```x", "Can't find end of Pre entity at byte offset 0"),
        ("[x](y", "Can't find end of a URL at byte offset 4"),
        ("![x]", "Custom emoji entity must contain a tg://emoji URL"),
    ],
)
def test_a_mistake_is_named_with_its_byte(markdown: str, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(markdown)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=RESERVED + "ab\\\n😀", max_size=40))
def test_what_is_escaped_is_said_and_the_rest_is_read_or_refused(text: str) -> None:
    escaped = "".join(f"\\{each}" if each in RESERVED + "\\" else each for each in text)
    assert parse(escaped).text == text
    try:
        formatted = parse(text)
    except BadRequest:
        return
    assert all(mark.end <= utf16_length(formatted.text) for mark in formatted.entities)
