import pytest

from amanat.core.push_targets import BrowserTarget
from amanat.outbound.http import HttpAnswer
from amanat.outbound.push.push import End, Outcome, Push
from amanat.outbound.push.vapid import Vapid
from amanat.outbound.push.web_push import PAYLOAD_BYTES, WebPush, outcome_of, payload
from tests.outbound.answering import Asked
from tests.outbound.push.browser import Browser
from tests.server import FakeClock

PUSH = Push(unread=3, event_id="$e", room_id="!r", room_unread=2, urgent=True)


def made(browser: Browser, push: Push) -> Asked:
    web = WebPush(Vapid(b"secret", contact="mailto:a@example.org", now_ms=FakeClock().now_ms), secret=b"secret")
    target = BrowserTarget(browser.data["endpoint"], browser.point, browser.auth)
    headers, body = web.request(target, push)
    return Asked("POST", dict(headers), body)


def test_only_the_browser_opens_a_push() -> None:
    browser, other = Browser("https://push.example.org/1"), Browser("https://push.example.org/2")
    asked = made(browser, PUSH)
    assert browser.opens(asked) == {"unread": 3, "room_unread": 2, "event_id": "$e", "room_id": "!r"}
    assert b"$e" not in asked.body
    with pytest.raises(Exception, match="Decryption"):
        other.opens(asked)


def test_each_payload_is_as_long_as_any_other() -> None:
    long = Push(unread=10**6, event_id="$" + "e" * 43, room_id="!" + "r" * 43, room_unread=10**6)
    assert {len(payload(each)) for each in (PUSH, long, Push(unread=0))} == {PAYLOAD_BYTES}


def test_a_push_service_learns_nothing_of_a_room_but_that_it_is_the_same() -> None:
    browser, other = Browser("https://push.example.org/1"), Browser("https://push.example.org/2")
    topic = made(browser, PUSH).headers["topic"]
    assert len(topic) == 32
    assert made(browser, Push(unread=9, event_id="$f", room_id="!r")).headers["topic"] == topic
    assert made(other, PUSH).headers["topic"] != topic


def test_what_is_urgent_says_so() -> None:
    browser = Browser("https://push.example.org/1")
    assert made(browser, PUSH).headers["urgency"] == "high"
    assert made(browser, Push(unread=1, event_id="$e", room_id="!r")).headers["urgency"] == "normal"


@pytest.mark.parametrize(
    ("status", "end"),
    [
        (201, End.DELIVERED),
        (302, End.REFUSED),
        (400, End.REFUSED),
        (403, End.REFUSED),
        (404, End.GONE),
        (410, End.GONE),
        (413, End.REFUSED),
        (500, End.LATER),
    ],
)
def test_what_a_push_service_answers_says_what_to_do(status: int, end: End) -> None:
    assert outcome_of(HttpAnswer(status, b"")).end is end


def test_a_push_service_says_how_long_it_wants_to_be_left_alone() -> None:
    assert outcome_of(HttpAnswer(429, b"", 120)) == Outcome(End.LATER, 120)
