"""Polls as a bot is told of them."""

from amanat.gateway.bots.model import Chat, PollBody, Said
from amanat.gateway.telegram_bot_api.markup import Markup, packed
from amanat.gateway.telegram_bot_api.poll_objects import poll_of

WHERE = Chat(number=5, room_id="!r", kind="private", title="")


def test_a_poll_says_that_it_is_not_anonymous_and_what_the_bot_said_of_it() -> None:
    body = PollBody(question="?", answers=(("1", "x"), ("2", "y")), most=2, votes=(1, 2), voters=2, ended=True)
    markup = packed(Markup(poll={"type": "quiz", "correct_option_id": 1}))
    poll = poll_of(Said(number=9, chat=WHERE, sender=None, ts=0, body=body, markup=markup))
    assert (poll["id"], poll["is_anonymous"], poll["is_closed"], poll["total_voter_count"]) == ("9", False, True, 2)
    assert [option["voter_count"] for option in poll["options"]] == [1, 2]
    assert (poll["type"], poll["correct_option_id"], poll["allows_multiple_answers"]) == ("quiz", 1, True)
