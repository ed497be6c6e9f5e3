import pytest
from msgspec import json

from amanat.core.push_targets import GatewayTarget
from amanat.outbound.http import HttpAnswer
from amanat.outbound.push.gateway import body, outcome_of
from amanat.outbound.push.push import End, Outcome, Push, Receiver

TARGET = GatewayTarget("https://push.example.org/_matrix/push/v1/notify", {"brand": "x"})
RECEIVER = Receiver(target=TARGET, app_id="org.example.app", pushkey="key", since_ts=1_700_000_000_999)


def test_a_gateway_is_told_ids_and_counts() -> None:
    push = Push(unread=3, event_id="$e", room_id="!r", room_unread=2, urgent=True)
    assert json.decode(body(RECEIVER, push, data=TARGET.data)) == {
        "notification": {
            "event_id": "$e",
            "room_id": "!r",
            "prio": "high",
            "counts": {"unread": 3},
            "devices": [
                {
                    "app_id": "org.example.app",
                    "pushkey": "key",
                    "pushkey_ts": 1_700_000_000,
                    "data": {"brand": "x"},
                }
            ],
        }
    }


def test_a_push_about_counts_alone_names_no_event() -> None:
    said = json.decode(body(RECEIVER, Push(unread=0), data={}))["notification"]
    assert (said["counts"], "event_id" in said, "room_id" in said) == ({"unread": 0}, False, False)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        (HttpAnswer(200, b'{"rejected":[]}'), End.DELIVERED),
        (HttpAnswer(200, b'{"rejected":["other"]}'), End.DELIVERED),
        (HttpAnswer(200, b'{"rejected":["key"]}'), End.GONE),
        (HttpAnswer(200, b'{"rejected":"key"}'), End.DELIVERED),
        (HttpAnswer(200, b"\xff"), End.DELIVERED),
        (HttpAnswer(302, b'{"rejected":["key"]}'), End.LATER),
        (HttpAnswer(404, b""), End.LATER),
        (HttpAnswer(502, b""), End.LATER),
    ],
)
def test_what_a_gateway_answers_says_what_to_do(answer: HttpAnswer, end: End) -> None:
    assert outcome_of(answer, pushkey="key").end is end


def test_a_gateway_says_how_long_it_wants_to_be_left_alone() -> None:
    assert outcome_of(HttpAnswer(429, b"", 7), pushkey="key") == Outcome(End.LATER, 7)
