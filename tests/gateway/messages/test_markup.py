"""Markdown as HTML that any app may be given."""

import pytest

from amanat.gateway.messages.markup import html


@pytest.mark.parametrize("words", ["Halo.", "satu & dua\n\ntiga", "350.000", "2020-01-01", "\\# bukan judul"])
def test_words_alone_need_no_html(words: str) -> None:
    assert html(words) is None


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**a** *b* snake_case_", "<p><strong>a</strong> <em>b</em> snake_case_</p>"),
        ("*Biaya*\nPaspor: 350.000", "<p><em>Biaya</em><br />\nPaspor: 350.000</p>"),
        ("- satu\n- dua", "<ul>\n<li>satu</li>\n<li>dua</li>\n</ul>"),
        ("[kantor](https://kantor.example/a?b&c)", '<p><a href="https://kantor.example/a?b&amp;c">kantor</a></p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<script>x</script> <!-- y -->", "<p>&lt;script&gt;x&lt;/script&gt; &lt;!-- y --&gt;</p>"),
        ("![x](https://e.example/x.png)", '<p>!<a href="https://e.example/x.png">x</a></p>'),
        ("\\*satu\\* &amp;", "<p>*satu* &amp;amp;</p>"),
    ],
)
def test_marks_are_html_and_nothing_else_is(markdown: str, shown: str) -> None:
    assert html(markdown) == shown
