"""What may stand under a message, and what people choose from."""

from typing import Any

import pytest

from amanat.gateway.bots.model import Choice
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields
from amanat.gateway.telegram_bot_api.keyboards import MAX_BUTTONS, Keyboard, keyboard_of


def _keyboard(markup: Any) -> Keyboard:
    return keyboard_of(Fields({"reply_markup": markup}))


def test_inline_buttons_are_choices_with_their_data() -> None:
    rows = [
        [{"text": "A", "callback_data": "a"}, {"text": "B", "url": "e.id/x"}],
        [],
        [{"text": "C", "callback_data": 5}],
    ]
    keyboard = _keyboard({"inline_keyboard": rows})
    assert keyboard.choices == (
        Choice(label="A", data="a"),
        Choice(label="B", url="http://e.id/x"),
        Choice(label="C", data="5"),
    )
    first, second = keyboard.inline
    assert first == ({"text": "A", "callback_data": "a"}, {"text": "B", "url": "http://e.id/x"})
    assert second == ({"text": "C", "callback_data": "5"},)


def test_buttons_of_a_reply_keyboard_say_their_label() -> None:
    rows = [["Ya", {"text": "Nomor saya", "request_contact": True}], [{"text": "Di sini", "request_location": True}]]
    keyboard = _keyboard({"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True})
    assert [(choice.label, choice.wants) for choice in keyboard.choices] == [
        ("Ya", ""),
        ("Nomor saya", "phone"),
        ("Di sini", "place"),
    ]
    assert not any(choice.data for choice in keyboard.choices)
    assert keyboard.inline == ()


@pytest.mark.parametrize("markup", [None, "", {}, {"remove_keyboard": True}, {"force_reply": True, "selective": True}])
def test_nothing_stands_under_it(markup: Any) -> None:
    assert _keyboard(markup) == Keyboard()


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("{", "object expected as reply markup"),
        ([], "object expected as reply markup"),
        ({"x": 1}, "object expected as reply markup"),
        ({"inline_keyboard": {}}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [{}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [[5]]}, "can't parse inline keyboard button: expected an Object"),
        ({"inline_keyboard": [[{}]]}, 'can\'t parse inline keyboard button: field "text" must be of type String'),
        ({"inline_keyboard": [[{"text": " "}]]}, "inline keyboard button text must be non-empty"),
        (
            {"inline_keyboard": [[{"text": "A"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{"text": "A", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
        (
            {"inline_keyboard": [[{"text": "A", "url": "javascript:x"}]]},
            "inline keyboard button URL 'javascript:x' is invalid: Wrong HTTP URL",
        ),
        ({"inline_keyboard": [[{"text": "A", "web_app": {"url": "x"}}]]}, "method not available on this server"),
        ({"inline_keyboard": [[{"text": "A", "callback_data": "a"}] * (MAX_BUTTONS + 1)]}, "reply markup is too long"),
        ({"keyboard": [[{}]]}, 'can\'t parse keyboard button: field "text" must be of type String'),
        ({"keyboard": [[5]]}, 'can\'t parse keyboard button: field "text" must be of type String'),
    ],
)
def test_what_cannot_stand_there_is_refused(markup: Any, reason: str) -> None:
    with pytest.raises(BadRequest) as refused:
        _keyboard(markup)
    assert refused.value.description == f"Bad Request: {reason}"


def test_data_of_64_bytes_is_the_longest() -> None:
    assert _keyboard({"inline_keyboard": [[{"text": "A", "callback_data": "é" * 32}]]}).choices[0].data == "é" * 32
