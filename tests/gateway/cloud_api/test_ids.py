import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.model import Person
from amanat.gateway.cloud_api.ids import (
    MessageId,
    Node,
    chat_of_event,
    display_number,
    event_wamid,
    node_id,
    read_node,
    read_user_id,
    read_wamid,
    user_id,
    wa_id,
    wamid,
)

NUMBERS = st.integers(1, 2**52)


@given(NUMBERS, NUMBERS)
def test_a_message_s_id_is_read_back(chat: int, number: int) -> None:
    assert read_wamid(wamid(chat, number)) == MessageId(chat, number)
    assert read_wamid(event_wamid(chat, number)) is None, "what is told of a message is none"
    assert chat_of_event(event_wamid(chat, number)) == chat
    assert chat_of_event(wamid(chat, number)) is None


@pytest.mark.parametrize("text", ["", "wamid.", "wamid.AA", "wamid.ä", "AAAPoptRhuyEAAAAAAAAAAE", "wamid." + "A" * 99])
def test_what_is_no_message_s_id(text: str) -> None:
    assert read_wamid(text) is None


def test_ids_are_decimal_and_say_what_they_are_of() -> None:
    assert [node_id(kind, 77) for kind in ("phone", "business", "app", "media", "template")] == [
        "177", "277", "377", "477", "577",
    ]  # fmt: skip
    assert read_node("477") == Node("media", 77)
    assert [read_node(text) for text in ("", "1", "977", "4x", "4" * 20, "\u0664\u0664")] == [None] * 6


def test_who_shared_no_number_is_known_by_an_id_of_this_business_alone() -> None:
    budi = Person(number=90, name="Budi")
    assert (user_id(budi), wa_id(budi, stand_in=False), wa_id(budi, stand_in=True)) == ("ID.90", None, "99990")
    shared = Person(number=90, name="Budi", phone="+628111")
    assert wa_id(shared, stand_in=True) == "628111"
    assert [read_user_id(text) for text in ("ID.90", "99990", "628111", "ID.x", "ID.")] == [90, 90, None, None, None]
    assert read_user_id(f"ID.{'9' * 19}") is None, "no database holds it"


def test_the_bot_s_number_is_nobody_s_and_of_a_number_s_length() -> None:
    assert display_number(Me(number=2**52, username="bot", name="Bot")) == "999599627370496"
