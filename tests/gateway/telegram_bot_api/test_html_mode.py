"""HTML as bots write it, and what Telegram says of their mistakes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.telegram_bot_api.entities import utf16_length
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.html_mode import checked_link, parse
from tests.gateway.telegram_bot_api.marks import described


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        ("surat ✉ <br>", 'Unsupported start tag "br" at byte offset 10'),
    ],
)
def test_a_mistake_is_named_with_its_byte(html: str, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        parse(html)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


@pytest.mark.parametrize(
    ("html", "text", "marks"),
    [
        ("<b>a<i>😀b</i></b>", "a😀b", ["bold 0+4", "italic 1+3"]),
        ("<STRONG>a</STRONG><ins>b</ins><strike>c</strike>", "abc", ["bold 0+1", "underline 1+1", "strikethrough 2+1"]),
        ("&lt;b&gt; &amp;amp; &#65;&#x1F600; &copy; &lt", "<b> &amp; A😀 &copy; <", []),
        ("<b></b>x<i >y</i >", "xy", ["italic 1+1"]),
        ("<pre>a</pre><code>b</code>", "ab", ["pre 0+1", "code 1+1"]),
        ('<pre><code class="language-python">x = 1</code></pre>', "x = 1", ["pre 0+5 python"]),
        ('<code class="language-go">y</code>', "y", ["code 0+1"]),
        ("<a href='https://e.id/?a=1&amp;b'>s</a>", "s", ["text_link 0+1 https://e.id/?a=1&b"]),
        ("<a>e.id</a> <a href='javascript:x'>s</a>", "e.id s", ["text_link 0+4 http://e.id"]),
        ('<span class="tg-spoiler">s</span><tg-spoiler>t</tg-spoiler>', "st", ["spoiler 0+1", "spoiler 1+1"]),
        ("<blockquote expandable>e</blockquote>", "e", ["expandable_blockquote 0+1"]),
        ('<tg-emoji emoji-id="536">👍</tg-emoji>', "👍", ["custom_emoji 0+2 536"]),
    ],
)
def test_tags_become_marks(html: str, text: str, marks: list[str]) -> None:
    formatted = parse(html)
    assert (formatted.text, described(formatted)) == (text, marks)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="ab<>/&;b i=\"'😀", max_size=40))
def test_whatever_is_written_is_read_or_refused(html: str) -> None:
    try:
        formatted = parse(html)
    except BadRequest:
        return
    assert all(mark.end <= utf16_length(formatted.text) for mark in formatted.entities)


def test_only_what_an_app_can_open_is_a_link() -> None:
    assert [
        checked_link(url) for url in ("e.id", "https://e.id/a b", "javascript:x", "tg://user?id=5", "mailto:a@b.id")
    ] == [
        "http://e.id",
        "",
        "",
        "tg://user?id=5",
        "mailto:a@b.id",
    ]
