"""Polls as events say them, in the shape that apps know and in the one that is to follow it. Pure.

Source: matrix-org/matrix-spec-proposals#3381. Our app and Element send the shape with the prefix.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from amanat.gateway.bots.model import Json, PollBody

START: Final = "org.matrix.msc3381.poll.start"
RESPONSE: Final = "org.matrix.msc3381.poll.response"
END: Final = "org.matrix.msc3381.poll.end"
STARTS: Final = (START, "m.poll.start")
RESPONSES: Final = (RESPONSE, "m.poll.response")
ENDS: Final = (END, "m.poll.end")
ABOUT: Final = "m.reference"
"""How votes and ends relate to their poll."""
MAX_ANSWERS: Final = 20
"""What is behind them does not count: the proposal says so."""
MAX_TEXT: Final = 1_024
"""Of what is heard of a question or an answer, in characters."""

_RIGHT: Final = "Jawaban yang benar / Correct answer"
_TEXT: Final = "org.matrix.msc1767.text"
_DISCLOSED: Final = "org.matrix.msc3381.poll.disclosed"
_UNDISCLOSED: Final = "org.matrix.msc3381.poll.undisclosed"


def poll_in(content: Mapping[str, Any]) -> PollBody | None:
    """Return the poll that a content asks; None where it makes no sense."""
    asked = _mapping(content, START) or _mapping(content, "m.poll")
    if asked is None:
        return None
    question, answers = _text(_mapping(asked, "question") or {}), asked.get("answers")
    told = [_answer(each) for each in answers[:MAX_ANSWERS]] if isinstance(answers, list) else []
    known = {answer[0]: answer for answer in told if answer is not None}
    if not question or not known:
        return None
    most = asked.get("max_selections")
    return PollBody(
        question=question,
        answers=tuple(known.values()),
        most=min(max(most, 1), len(known)) if isinstance(most, int) else 1,
        secret=asked.get("kind") not in (_DISCLOSED, "m.disclosed"),
    )


def chosen_in(content: Mapping[str, Any], poll: PollBody) -> tuple[int, ...]:
    """Return which answers a vote is for, by their places; none where it is spoiled, or takes an earlier one back."""
    told = _mapping(content, RESPONSE)
    ids = content.get("m.selections") if told is None else told.get("answers")
    places = {answer[0]: place for place, answer in enumerate(poll.answers)}
    if not isinstance(ids, list) or not all(isinstance(each, str) and each in places for each in ids[: poll.most]):
        return ()
    return tuple(sorted({places[each] for each in ids[: poll.most]}))


def content_of_poll(poll: PollBody) -> Json:
    """Return the content that asks a poll."""
    lines = [f"{place}. {text}" for place, (_, text) in enumerate(poll.answers, 1)]
    question = {_TEXT: poll.question, "msgtype": "m.text", "body": poll.question}
    return {
        START: {
            "question": question,
            "kind": _UNDISCLOSED if poll.secret else _DISCLOSED,
            "max_selections": poll.most,
            "answers": [{"id": name, _TEXT: text} for name, text in poll.answers],
        },
        # For apps that know no polls.
        _TEXT: "\n".join([poll.question, *lines]),
        "m.mentions": {},
    }


def content_of_end(event_id: str, poll: PollBody) -> Json:
    """Return the content that ends a poll, with its results for apps that know no polls."""
    votes = poll.votes or (0,) * len(poll.answers)
    lines = [f"{text}: {count}" for (_, text), count in zip(poll.answers, votes, strict=True)]
    lines += [solution_of(poll)] if poll.right else []
    return {
        "m.relates_to": {"rel_type": ABOUT, "event_id": event_id},
        END: {},
        _TEXT: "\n".join([poll.question, *lines]),
        "m.mentions": {},
    }


def solution_of(poll: PollBody) -> str:
    """Return which answers are right, and why, in words for people: Matrix has no quizzes."""
    right = ", ".join(text for place, (_, text) in enumerate(poll.answers) if place in poll.right)
    return "\n".join(filter(None, (f"{_RIGHT}: {right}", poll.explanation)))


def content_of_solution(event_id: str, poll: PollBody) -> Json:
    """Return the message that says what was right, for the apps that show nothing of an end's own words."""
    return {
        "msgtype": "m.text",
        "body": solution_of(poll),
        "m.relates_to": {"m.in_reply_to": {"event_id": event_id}},
        "m.mentions": {},
    }


def counted(poll: PollBody, *, before: Sequence[int], after: Sequence[int]) -> PollBody:
    """Return a poll once somebody has voted in place of what they had voted."""
    votes = list(poll.votes or (0,) * len(poll.answers))
    for place in before:
        votes[place] -= 1
    for place in after:
        votes[place] += 1
    return replace(poll, votes=tuple(votes), voters=poll.voters - bool(before) + bool(after))


def _answer(told: Any) -> tuple[str, str] | None:
    if not isinstance(told, Mapping):
        return None
    name, text = told.get("id", told.get("m.id")), _text(told)
    return (name, text) if isinstance(name, str) and name and len(name) <= MAX_TEXT and text else None


def _text(told: Mapping[str, Any]) -> str:
    for text in (told.get(_TEXT), _first_body(told.get("m.text")), told.get("body")):
        if isinstance(text, str) and text.strip():
            return text.strip()[:MAX_TEXT]
    return ""


def _first_body(shown: Any) -> Any:
    first = shown[0] if isinstance(shown, list) and shown else None
    return first.get("body") if isinstance(first, Mapping) else None


def _mapping(content: Mapping[str, Any], name: str) -> Mapping[str, Any] | None:
    value = content.get(name)
    return value if isinstance(value, Mapping) else None
