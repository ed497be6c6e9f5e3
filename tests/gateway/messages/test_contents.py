"""What a flow says, as any Matrix app shows it and as an app with buttons does."""

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.flows.model import Option
from amanat.gateway.flows.session import Message
from amanat.gateway.messages.contents import MAX_HTML_BYTES, PAGE_BYTES, contents_of, plain_contents_of

MENU = Message(
    text="Apa yang *kamu* butuhkan?",
    options=(Option("status", "Status", "dari nomor"), Option("fees", "Biaya & waktu")),
    menu="welcome",
    hint="Balas dengan angka.",
)


def test_a_text_without_marks_is_its_words_alone() -> None:
    assert contents_of(Message(text="Halo.\nApa kabar?")) == (
        {"msgtype": "m.text", "body": "Halo.\nApa kabar?", "m.mentions": {}},
    )


def test_a_text_with_marks_is_html_too() -> None:
    assert contents_of(Message(text="Halo & <selamat datang>!\nApa **kabar**?")) == (
        {
            "msgtype": "m.text",
            "body": "Halo & <selamat datang>!\nApa kabar?",
            "m.mentions": {},
            "format": "org.matrix.custom.html",
            "formatted_body": "<p>Halo &amp; &lt;selamat datang&gt;!<br />\nApa <strong>kabar</strong>?</p>",
        },
    )


def test_what_somebody_writes_is_said_word_for_word() -> None:
    assert plain_contents_of("2*3*4 <b>_x_</b>") == (
        {"msgtype": "m.text", "body": "2*3*4 <b>_x_</b>", "m.mentions": {}},
    )
    assert len(plain_contents_of("é" * PAGE_BYTES)) == 2


def test_a_menu_is_numbered_for_every_app_and_buttons_for_those_that_know_them() -> None:
    (content,) = contents_of(MENU)
    assert content["body"] == (
        "Apa yang kamu butuhkan?\n\n1. Status \u2013 dari nomor\n2. Biaya & waktu\n\nBalas dengan angka."
    )
    assert content["formatted_body"] == (
        "<p>Apa yang <em>kamu</em> butuhkan?</p>"
        "<ol><li>Status \u2013 dari nomor</li><li>Biaya &amp; waktu</li></ol><p>Balas dengan angka.</p>"
    )
    assert content["org.matrix.msc4139.prompts"] == {
        "intro": {
            "type": "m.room.message",
            "content": {
                "m.text": [
                    {"body": "<p>Apa yang <em>kamu</em> butuhkan?</p>", "mimetype": "text/html"},
                    {"body": "Apa yang kamu butuhkan?"},
                ]
            },
        },
        "prompts": [
            {
                "type": "preset",
                "id": "welcome/status",
                "label": {"m.text": [{"body": "Status"}]},
                "id.amanat.description": "dari nomor",
            },
            {"type": "preset", "id": "welcome/fees", "label": {"m.text": [{"body": "Biaya & waktu"}]}},
        ],
    }


def test_a_long_text_is_said_in_several_messages_and_the_menu_stands_under_the_last() -> None:
    paragraphs = [f"{number}" + " kata" * 300 for number in range(6)]
    *before, last = contents_of(Message(text="\n\n".join(paragraphs), options=MENU.options, menu="welcome"))
    assert len(before) == 2
    assert all("org.matrix.msc4139.prompts" not in content for content in before)
    assert "org.matrix.msc4139.prompts" in last
    assert "\n\n".join([*(each["body"] for each in before), last["body"]]).startswith("\n\n".join(paragraphs))


@settings(max_examples=40, deadline=None)
@given(st.text(min_size=1, max_size=20), st.integers(1, 400))
def test_any_text_is_said_in_messages_that_fit_into_an_event(text: str, times: int) -> None:
    contents = contents_of(Message(text=text * times, options=MENU.options, menu="welcome"))
    for content in contents:
        assert len(content["body"].encode()) <= PAGE_BYTES + 200
        # An event has 65,536 bytes; base64 makes four of three, and the rest is the envelope.
        assert len(_json(content)) < 45_000


def test_marks_that_would_not_fit_are_left_out() -> None:
    (content,) = contents_of(Message(text="**&** " * 600))
    assert "formatted_body" not in content
    assert len(("<strong>&amp;</strong> " * 600).encode()) > MAX_HTML_BYTES


def _json(content: dict[str, Any]) -> bytes:
    return msgspec.json.encode(content)
