"""Texts of calls: how they are marked, and how long they may be."""

import pytest

from amanat.gateway.bots.model import Words
from amanat.gateway.telegram_bot_api.entities import Entity
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.texts import (
    MAX_CAPTION,
    MAX_RAW,
    MAX_TEXT,
    caption_of,
    formatted_of,
    heard,
    text_of,
    told,
    with_marks,
    words,
)
from tests.gateway.telegram_bot_api.marks import described


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "message text is empty"),
        ({"text": " \n"}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "x" * (MAX_TEXT + 1)}, "message is too long"),
        ({"text": "😀" * (MAX_TEXT // 2) + "x"}, "message is too long"),
        ({"text": "x" * (MAX_RAW + 1)}, "message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "entities": "{"}, "can't parse entities JSON object"),
        ({"text": ["x"]}, 'field "text" must be of type String'),
    ],
)
def test_a_text_that_cannot_be_said_is_refused(fields: dict, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        text_of(Fields(fields))
    assert refused.value.description == f"Bad Request: {reason}"


def test_the_length_is_that_without_marks() -> None:
    longest = text_of(Fields({"text": f"<b>{'x' * MAX_TEXT}</b>", "parse_mode": "html"}))
    assert len(longest.text) == MAX_TEXT


def test_a_caption_may_be_nothing_and_is_shorter() -> None:
    assert caption_of(Fields({})).text == ""
    marked = caption_of(Fields({"caption": " a ", "caption_entities": '[{"type":"bold","offset":1,"length":1}]'}))
    assert (marked.text, described(marked)) == ("a", ["bold 0+1"])
    for most in (MAX_CAPTION, MAX_RAW):
        with pytest.raises(BadRequest, match="message caption is too long"):
            caption_of(Fields({"caption": "x" * (most + 1)}))


def test_a_mode_goes_before_entities() -> None:
    fields = Fields(
        {"text": "*a*", "parse_mode": "MarkdownV2", "entities": [{"type": "code", "offset": 0, "length": 1}]}
    )
    assert described(formatted_of(fields, "text", entities="entities")) == ["bold 0+1"]


def test_what_is_said_and_heard() -> None:
    said = words(text_of(Fields({"text": "*a* b", "parse_mode": "Markdown"})))
    assert said == Words(text="a b", html="<strong>a</strong> b")
    assert described(heard(said)) == ["bold 0+1"]
    assert heard(Words(text="* a", html="<p></p>")).text == "* a"
    own = with_marks("a /b", (Entity(type="bold", offset=0, length=1),))
    assert told(own, text="text", entities="entities") == {
        "text": "a /b",
        "entities": [
            {"type": "bold", "offset": 0, "length": 1},
            {"type": "bot_command", "offset": 2, "length": 2},
        ],
    }
    assert told(with_marks("a", ()), text="caption", entities="caption_entities") == {"caption": "a"}
