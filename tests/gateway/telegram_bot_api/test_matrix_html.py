"""Marks as people's apps show them, and what people's apps send as marks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.telegram_bot_api.entities import Entity, Formatted, in_order, utf16_length
from amanat.gateway.telegram_bot_api.html_mode import parse
from amanat.gateway.telegram_bot_api.matrix_html import from_html, to_html
from tests.gateway.telegram_bot_api.marks import described


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("a &lt; b", ""),
        ("<b>a</b> &lt; b\nc", "<strong>a</strong> &lt; b<br>c"),
        ("<b>a<i>b</i></b>", "<strong>a<em>b</em></strong>"),
        ("<a href='https://e.id/?a=1&amp;b=\"'>s</a>", '<a href="https://e.id/?a=1&amp;b=&quot;">s</a>'),
        ("<a href='tg://user?id=5'>s</a>", ""),
        ("<tg-spoiler>s</tg-spoiler>", "<span data-mx-spoiler>s</span>"),
        ('<pre><code class="language-py">x\ny</code></pre>', '<pre><code class="language-py">x\ny</code></pre>'),
        ("<blockquote>q</blockquote>", "<blockquote>q</blockquote>"),
        ('<tg-emoji emoji-id="5">👍</tg-emoji>', ""),
    ],
)
def test_marks_are_shown(html: str, shown: str) -> None:
    assert to_html(parse(html)) == shown


def test_marks_that_cross_are_closed_and_opened_again() -> None:
    marks = (Entity(type="bold", offset=0, length=4), Entity(type="italic", offset=2, length=4))
    assert to_html(Formatted("😀bcde", marks)) == "<strong>😀<em>bc</em></strong><em>de</em>"


@pytest.mark.parametrize(
    ("html", "text", "marks"),
    [
        ("<p>a <strong>b</strong></p>\n<p>c</p>", "a b\nc", ["bold 2+1"]),
        ("a<br/>b &amp; &nbsp;", "a\nb &", []),
        ("<mx-reply><blockquote>old</blockquote></mx-reply>new", "new", []),
        ("<ol><li>a</li><li>b</li></ol>c", "1. a\n2. b\nc", []),
        ("<ul><li><p>a</p></li></ul>", "• a", []),
        ("<h1>T</h1>x", "T\nx", ["bold 0+1"]),
        ('<pre><code class="language-py">a\n  b</code></pre>', "a\n  b", ["pre 0+5 py"]),
        ("<code class='language-py'>a</code>", "a", ["code 0+1"]),
        ('<a href="https://e.id?a&amp;b">l</a><a href="javascript:x">m</a>', "lm", ["text_link 0+1 https://e.id?a&b"]),
        ("<span data-mx-spoiler>s</span><span>t</span>", "st", ["spoiler 0+1"]),
        ("<del>a</del><u>b</u><em>c</em>", "abc", ["strikethrough 0+1", "underline 1+1", "italic 2+1"]),
        ("<b>open", "open", ["bold 0+4"]),
        ("a </b> < b <img alt='x' src='mxc://a/b'>", "a < b x", []),
        ("  <b> a </b>  ", "a", ["bold 0+1"]),
    ],
)
def test_what_an_app_sends_is_told(html: str, text: str, marks: list[str]) -> None:
    formatted = from_html(html)
    assert (formatted.text, described(formatted)) == (text, marks)


_KINDS = st.sampled_from(["bold", "italic", "underline", "strikethrough", "spoiler"])


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="ab<&😀", min_size=1, max_size=12), st.data())
def test_whatever_is_marked_is_shown_and_read_as_the_same(text: str, data: st.DataObject) -> None:
    places = [utf16_length(text[:at]) for at in range(len(text) + 1)]
    marks = {}
    for kind in data.draw(st.lists(_KINDS, unique=True)):
        start, end = sorted(data.draw(st.lists(st.sampled_from(places), min_size=2, max_size=2, unique=True)))
        marks[kind] = Entity(type=kind, offset=start, length=end - start)
    formatted = Formatted(text, in_order(marks.values()))
    if not marks:
        assert to_html(formatted) == ""
        return
    back = from_html(to_html(formatted))
    assert back.text == text
    covered = {(mark.type, unit) for mark in marks.values() for unit in range(mark.offset, mark.end)}
    assert {(mark.type, unit) for mark in back.entities for unit in range(mark.offset, mark.end)} == covered


def test_a_thousand_marks_are_read_as_a_hundred() -> None:
    formatted = from_html("<pre>a</pre>" * 1000)
    assert (formatted.text.count("a"), len(formatted.entities)) == (1000, 100)


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="<>/abp \"'=&\n-", max_size=60))
def test_whatever_is_sent_is_read(html: str) -> None:
    formatted = from_html(html)
    assert all(0 <= mark.offset < mark.end <= utf16_length(formatted.text) for mark in formatted.entities)
