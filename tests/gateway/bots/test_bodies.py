"""Contents as bodies and back; whatever anybody sends, nothing raises."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.bots import bodies
from amanat.gateway.bots.bodies import Sent, body_of
from amanat.gateway.bots.model import Media, Place, Unknown, Words

FILE = {"url": "mxc://localhost/abc", "key": {"k": "x"}}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("msgtype", "body", "formatted_body", "format", "info", "file", "geo_uri", "filename", "m.relates_to")


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ({"msgtype": "m.text", "body": " halo "}, Words(text="halo")),
        ({"msgtype": "m.emote", "body": "melambai"}, Words(text="melambai")),
        (
            {"msgtype": "m.text", "body": "a", "format": "org.matrix.custom.html", "formatted_body": "<b>a</b>"},
            Words(text="a", html="<b>a</b>"),
        ),
        ({"msgtype": "m.text", "body": "a", "format": "other", "formatted_body": "<b>a</b>"}, Words(text="a")),
        (
            {"msgtype": "m.text", "body": "> <@a:b> dulu\n\nya", "m.relates_to": {"m.in_reply_to": {"event_id": "$a"}}},
            Words(text="ya"),
        ),
        ({"msgtype": "m.notice", "body": "bip"}, None),
        ({"msgtype": 5, "body": "bip"}, None),
        ({"msgtype": "m.odd", "body": "apa"}, Unknown(text="apa")),
        (
            {"msgtype": "m.location", "body": "Sini", "geo_uri": "geo:-6.2,106.8;u=5"},
            Place(latitude=-6.2, longitude=106.8, text="Sini"),
        ),
        ({"msgtype": "m.location", "body": "Sini", "geo_uri": "geo:-96,106"}, Unknown(text="Sini")),
        ({"msgtype": "m.image", "body": "a.png", "url": "mxc://localhost/clear"}, Unknown(text="a.png")),
    ],
)
def test_what_an_event_says(content: dict[str, Any], body: object) -> None:
    assert body_of("m.room.message", content) == body


def test_a_file_with_and_without_words() -> None:
    named = {"msgtype": "m.image", "body": "Ini", "filename": "a.png", "file": FILE, "info": {"w": 2, "size": True}}
    sent = body_of("m.room.message", named)
    assert isinstance(sent, Sent)
    assert (sent.media.name, sent.media.caption.text, sent.media.width) == ("a.png", "Ini", 2)
    bare = body_of("m.room.message", {"msgtype": "m.audio", "body": "a.ogg", "file": FILE, bodies._VOICE: {}})
    assert isinstance(bare, Sent)
    assert (bare.media.kind, bare.media.name, bare.media.caption.text) == ("voice", "a.ogg", "")
    sticker = body_of("m.sticker", {"body": "hai", "file": FILE})
    assert isinstance(sticker, Sent)
    assert sticker.media.kind == "sticker"


def test_what_is_said_comes_back_as_it_was() -> None:
    words = Words(text="a\nb", html="<b>a</b><br>b")
    assert body_of("m.room.message", bodies.content_of_words(words)) == words
    place = Place(latitude=1.5, longitude=-2.25, text="Sana")
    assert body_of("m.room.message", bodies.content_of_place(place)) == place
    media = Media(
        kind="voice", file=7, name="a.ogg", mimetype="audio/ogg", size=9, duration_ms=5, caption=Words(text="ya")
    )
    sent = body_of("m.room.message", bodies.content_of_media(media, FILE))
    assert isinstance(sent, Sent)
    assert (sent.file, sent.media.kind, sent.media.caption, sent.media.duration_ms) == (
        FILE,
        "voice",
        Words(text="ya"),
        5,
    )


@given(st.sampled_from(["m.room.message", "m.sticker", "m.reaction"]), st.data())
def test_nothing_raises(event_type: str, data: st.DataObject) -> None:
    content = {field: data.draw(ANYTHING) for field in FIELDS}
    content["msgtype"] = data.draw(st.sampled_from(["m.text", "m.image", "m.location", "m.file"]) | ANYTHING)
    body_of(event_type, content)
    bodies.answered_by(content)
    bodies.target_of(content, "m.replace")


def test_a_text_as_html_says_the_same() -> None:
    assert bodies.html_of("a < b\n& c") == "a &lt; b<br>&amp; c"
