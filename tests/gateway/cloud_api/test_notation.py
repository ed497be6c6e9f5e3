import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.bots.model import Words
from amanat.gateway.cloud_api.notation import joined, marked, text_of, words_of


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*tebal*", "<strong>tebal</strong>"),
        ("_miring_ dan ~coret~", "<em>miring</em> dan <del>coret</del>"),
        ("*_dua_*", "<strong><em>dua</em></strong>"),
        ("`kode *x*`", "<code>kode *x*</code>"),
        ("```\na < b\n```", "<pre><code>a &lt; b</code></pre>"),
        ("satu\n*dua*", "satu<br><strong>dua</strong>"),
        ("*<b>*", "<strong>&lt;b&gt;</strong>"),
        ("2*3*4", ""),
        ("snake_case_name", ""),
        ("* bukan *", ""),
        ("<b>biasa</b>\nbaris", ""),
    ],
)
def test_marks_become_html(text: str, html: str) -> None:
    assert words_of(text) == Words(text=text, html=html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<strong>a</strong> <i>b</i> <del>c</del> <code>d</code>", "*a* _b_ ~c~ `d`"),
        ("a<br>b &lt; c", "a\nb < c"),
        ("<p>satu</p><p>dua</p>", "satu\n\ndua"),
        ("<ul><li>x</li><li>y</li></ul>", "- x\n- y"),
        ("<pre><code>z</code></pre>", "```z```"),
        ("<mx-reply>lama</mx-reply>baru", "baru"),
        ("<table>", "polos"),
        ("<![<!--<a <b", "<![<!--<a <b"),
        ("1 < 2 &amp; 3", "1 < 2 & 3"),
        ('<a href="https://x.example">sini</a>', "sini"),
    ],
)
def test_html_becomes_marks(html: str, text: str) -> None:
    assert text_of(Words(text="polos", html=html)) == text


@given(st.text())
def test_no_text_becomes_html_of_its_writer_s(text: str) -> None:
    html = words_of(text).html
    for tag in ("strong", "em", "del", "code", "pre"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in html.replace("<br>", "")


@given(st.text(st.sampled_from("<>!-[/ a&#;'\n")), st.sampled_from(["<", "</", "<!--", "<![", "<a ", "&", "<pre>"]))
def test_words_come_out_of_whatever_somebody_sends(html: str, again: str) -> None:
    assert text_of(Words(text="polos", html=html + again * 2_000))


def test_texts_stand_below_each_other() -> None:
    assert joined(Words(text=""), Words(text="a"), Words(text="b")) == Words(text="a\n\nb")
    assert joined(marked("<a>", "strong"), Words(text="b\nc")).html == "<strong>&lt;a&gt;</strong><br><br>b<br>c"
