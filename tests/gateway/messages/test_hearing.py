"""What a flow hears of what people send, whatever app they use."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.flows.interpreter import advance, begin
from amanat.gateway.flows.session import Said, Sent
from amanat.gateway.messages.contents import contents_of
from amanat.gateway.messages.hearing import MAX_TEXT, hear
from amanat.gateway.messages.prompts import PROMPTS
from tests.gateway.flows.sample import FLOW_READ, NOW_MS

MESSAGE = "m.room.message"
USED = "org.matrix.msc4139.used_prompt"


def text(body: object, **rest: Any) -> dict[str, Any]:
    return {"msgtype": "m.text", "body": body, **rest}


@pytest.mark.parametrize(
    ("event_type", "content", "heard"),
    [
        (MESSAGE, text("halo"), Said(text="halo")),
        (MESSAGE, text(" 2\n"), Said(text="2")),
        (MESSAGE, text("Biaya", **{USED: {"id": "welcome/fees"}}), Said(text="Biaya", option="fees", menu="welcome")),
        (MESSAGE, text("Biaya", **{USED: {"id": "of another bot"}}), Said(text="Biaya")),
        (MESSAGE, text("Biaya", **{USED: ["welcome/fees"]}), Said(text="Biaya")),
        (MESSAGE, text("Biaya", **{USED: {"id": "welcome/" + "f" * 200}}), Said(text="Biaya")),
        (
            MESSAGE,
            text("> <@bot:x> Apa?\n> 1. Satu\n\n2", **{"m.relates_to": {"m.in_reply_to": {"event_id": "$1"}}}),
            Said(text="2"),
        ),
        (MESSAGE, text("> bukan kutipan"), Said(text="> bukan kutipan")),
        (MESSAGE, text("* 3", **{"m.relates_to": {"rel_type": "m.replace", "event_id": "$1"}}), None),
        (MESSAGE, text("x" * 9000), Said(text="x" * MAX_TEXT)),
        (MESSAGE, text("   "), None),
        (MESSAGE, text(7), None),
        (MESSAGE, {"msgtype": "m.emote", "body": "melambai"}, Said(text="melambai")),
        (MESSAGE, {"msgtype": "m.notice", "body": "I am a bot too"}, None),
        (MESSAGE, {"msgtype": "m.key.verification.request", "body": "?"}, None),
        (MESSAGE, {"msgtype": "m.audio", "body": "suara.ogg"}, Sent(kind="voice")),
        (MESSAGE, {"msgtype": "m.image", "body": "ktp.jpg"}, Sent(kind="picture")),
        (MESSAGE, {"msgtype": "m.video", "body": "v.mp4"}, Sent(kind="video")),
        (MESSAGE, {"msgtype": "m.file", "body": "berkas.pdf"}, Sent(kind="file")),
        (MESSAGE, {"msgtype": "m.location", "body": "di sini"}, Sent(kind="place")),
        (MESSAGE, {"msgtype": "org.example.new", "body": "?"}, Sent(kind="other")),
        (MESSAGE, {"msgtype": ["m.text"]}, None),
        ("m.sticker", {"body": "hore"}, Sent(kind="sticker")),
        ("m.reaction", {"m.relates_to": {"key": "2"}}, None),
        ("org.matrix.msc3381.poll.start", {}, None),
    ],
)
def test_each_kind_of_message_is_heard_as_what_it_is(
    event_type: str, content: dict[str, Any], heard: Said | Sent | None
) -> None:
    assert hear(event_type, content) == heard


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=5), inside, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["msgtype", "body", "m.relates_to", USED]),
        _JSON | st.sampled_from(["m.text", {"id": 1}, {"rel_type": []}, {"m.in_reply_to": {}}]),
    )
)
def test_whatever_a_stranger_sends_nothing_breaks(content: dict[str, Any]) -> None:
    heard = hear(MESSAGE, content)
    assert heard is None or isinstance(heard, Said | Sent)


def test_a_number_and_a_button_of_each_menu_lead_to_the_same() -> None:
    welcome = advance(FLOW_READ, begin(FLOW_READ), heard=Said(text="halo"), now_ms=NOW_MS)
    content = contents_of(welcome.outputs[-1])[-1]
    for number, prompt in enumerate(content[PROMPTS]["prompts"], 1):
        label = prompt["label"]["m.text"][0]["body"]
        pressed = hear(MESSAGE, text(label, **{USED: {"id": prompt["id"]}}))
        typed = hear(MESSAGE, text(str(number)))
        assert isinstance(pressed, Said)
        assert isinstance(typed, Said)
        assert advance(FLOW_READ, welcome.session, heard=pressed, now_ms=NOW_MS) == advance(
            FLOW_READ, welcome.session, heard=typed, now_ms=NOW_MS
        )
