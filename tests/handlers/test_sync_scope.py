"""A filter made ready, and the tokens that lead from an answer into the past."""

from typing import Any

import pytest

from amanat.core.filters import Filter, read
from amanat.core.requester import Requester
from amanat.core.stream_token import StreamToken, parse
from amanat.handlers.sync_scope import DEFAULT_TIMELINE, NO_FILTER, Scope, ready

ALICE = Requester(user_id="@alice:localhost", device_id="PHONE", token_hash=b"")


def scope(since: StreamToken | None) -> Scope:
    now = StreamToken("abc", 50, 7)
    return Scope(requester=ALICE, since=since, now=now, filter=NO_FILTER, full_state=False, state_after=False)


def test_without_a_filter_everything_goes_out() -> None:
    assert NO_FILTER.plain
    assert NO_FILTER.timeline_limit == DEFAULT_TIMELINE
    assert NO_FILTER.fields is None


@pytest.mark.parametrize(
    ("content", "plain"),
    [
        ({"room": {"timeline": {"limit": 3}}}, True),
        ({"room": {"state": {"lazy_load_members": True}}}, True),
        ({"room": {"ephemeral": {"types": []}}, "account_data": {"types": []}}, True),
        ({"room": {"timeline": {"types": ["m.room.message"]}}}, False),
        ({"room": {"state": {"not_senders": ["@bob:localhost"]}}}, False),
        ({"event_fields": ["content.body"]}, False),
        ({"event_format": "federation"}, False),
    ],
)
def test_a_filter_that_chooses_among_events_is_not_plain(content: dict[str, Any], plain: bool) -> None:
    assert ready(read(content, Filter)).plain is plain


def test_fields_are_read_as_paths() -> None:
    assert ready(read({"event_fields": ["type", "content.body"]}, Filter)).fields == [("type",), ("content", "body")]


def test_a_client_that_begins_has_seen_nothing() -> None:
    assert scope(None).after == 0
    assert scope(StreamToken("abc", 40, 3)).after == 40


def test_a_token_before_an_event_leaves_that_event_out() -> None:
    assert parse(scope(None).token_before(30)).room == 29
