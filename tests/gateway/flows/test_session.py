"""A session is stored and read again."""

from amanat.gateway.flows.interpreter import begin
from amanat.gateway.flows.session import decode, encode
from tests.gateway.flows.sample import FLOW_READ, Chat


def test_a_session_survives_being_stored_at_every_turn() -> None:
    chat = Chat()
    for text in ("halo", "janji temu", "Budi", "batal", "bahasa", "2", "complaint", "rude"):
        chat.say(text)
        assert decode(encode(chat.session)) == chat.session
        chat.session = decode(encode(chat.session))


def test_a_new_session_holds_nothing_of_a_person() -> None:
    assert begin(FLOW_READ).variables == {}
    assert b"halo" not in encode(begin(FLOW_READ))
