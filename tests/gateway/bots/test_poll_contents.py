"""Polls as events say them: both shapes, whatever anybody sends, and counts that stay right."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.bots.bodies import body_of
from amanat.gateway.bots.model import PollBody
from amanat.gateway.bots.poll_contents import (
    RESPONSE,
    START,
    chosen_in,
    content_of_end,
    content_of_poll,
    counted,
    poll_in,
)

POLL = PollBody(question="Kapan?", answers=(("a", "Senin"), ("b", "Selasa"), ("c", "Rabu")), most=2)
STABLE = {
    "m.poll": {
        "question": {"m.text": [{"body": "Kapan?"}]},
        "kind": "m.disclosed",
        "max_selections": 2,
        "answers": [
            {"m.id": "a", "m.text": [{"body": "Senin"}]},
            {"m.id": "b", "m.text": [{"body": "Selasa"}]},
            {"m.id": "c", "m.text": [{"body": "Rabu"}]},
        ],
    }
}


def test_what_is_asked_is_read_again_in_either_shape() -> None:
    assert body_of(START, content_of_poll(POLL)) == POLL
    assert body_of("m.poll.start", STABLE) == POLL
    secret = PollBody(question="?", answers=(("1", "x"),), secret=True)
    assert poll_in(content_of_poll(secret)) == secret
    assert content_of_poll(POLL)["org.matrix.msc1767.text"] == "Kapan?\n1. Senin\n2. Selasa\n3. Rabu"


def test_an_end_says_what_came_of_it() -> None:
    content = content_of_end("$poll", counted(POLL, before=(), after=(1,)))
    assert content["org.matrix.msc1767.text"] == "Kapan?\nSenin: 0\nSelasa: 1\nRabu: 0"
    assert content["m.relates_to"] == {"rel_type": "m.reference", "event_id": "$poll"}


def _response(*answers: object) -> dict[str, Any]:
    return {RESPONSE: {"answers": list(answers)}}


@pytest.mark.parametrize(
    ("content", "chosen"),
    [
        (_response("b"), (1,)),
        (_response("c", "a"), (0, 2)),
        (_response("a", "a"), (0,)),
        (_response("a", "b", "c"), (0, 1)),
        (_response("a", "x"), ()),
        (_response(), ()),
        (_response(1), ()),
        ({RESPONSE: {"answers": "a"}}, ()),
        ({"m.selections": ["c"]}, (2,)),
        ({}, ()),
    ],
)
def test_what_a_vote_is_for(content: dict[str, Any], chosen: tuple[int, ...]) -> None:
    assert chosen_in(content, POLL) == chosen


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["question", "answers", "id", "m.id", "body", "m.text", "kind"]), inner)
    ),
)


@given(anything)
def test_whatever_somebody_sends_is_a_poll_or_nothing(asked: Any) -> None:
    for content in ({START: asked}, {"m.poll": asked}):
        poll = poll_in(content)
        assert poll is None or (1 <= poll.most <= len(poll.answers) <= 20 and bool(poll.question))
    chosen_in({RESPONSE: asked}, POLL)


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sets(st.integers(0, 2), max_size=2)), max_size=20))
def test_each_person_counts_once_with_what_they_said_last(votes: list[tuple[str, set[int]]]) -> None:
    poll, last = POLL, dict[str, tuple[int, ...]]()
    for person, chosen in votes:
        after = tuple(sorted(chosen))
        poll = counted(poll, before=last.get(person, ()), after=after)
        last[person] = after
    assert poll.voters == sum(bool(chosen) for chosen in last.values())
    expected = tuple(sum(place in chosen for chosen in last.values()) for place in range(3))
    assert (poll.votes or (0, 0, 0)) == expected
