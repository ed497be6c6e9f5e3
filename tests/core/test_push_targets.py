from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.core import base64url
from amanat.core.errors import InvalidParam
from amanat.core.push_targets import BrowserTarget, GatewayTarget, host_of, target_of
from tests.outbound.push.browser import Browser

GATEWAY = "https://push.example.org/_matrix/push/v1/notify"


def test_a_subscription_of_a_browser_is_told_from_a_gateway() -> None:
    browser = Browser("https://push.example.org/send/1")
    target = target_of(browser.pushkey, browser.data)
    assert target == BrowserTarget("https://push.example.org/send/1", browser.point, browser.auth)
    assert target_of("key", {"url": GATEWAY, "format": "event_id_only", "brand": "x"}) == GatewayTarget(
        GATEWAY, {"brand": "x"}
    )


def test_a_gateway_that_pushes_to_browsers_itself_gets_what_its_app_wrote() -> None:
    data = {"url": GATEWAY, "endpoint": "https://push.example.org/1", "auth": "x"}
    assert target_of("key", data) == GatewayTarget(GATEWAY, {"endpoint": data["endpoint"], "auth": "x"})


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/1",
        "https:///1",
        "https://user:password@push.example.org/",
        "https://push.example.org:0/",
        "https://push.example.org:x/",
        "https://[::1/",
        "https://push.example.org/a b",
        "https://push.example.org/é",
        "https://push.example.org/\r\n",
        "ftp://push.example.org/",
        "https://push.example.org/" + "x" * 2048,
        1,
        None,
    ],
)
def test_what_is_no_public_address_is_refused(endpoint: Any) -> None:
    browser = Browser("")
    with pytest.raises(InvalidParam):
        target_of(browser.pushkey, browser.data | {"endpoint": endpoint})


def test_keys_that_are_none_are_refused() -> None:
    browser = Browser("https://push.example.org/send/1")
    off_the_curve = base64url.encode(b"\x04" + b"\x01" * 64)
    for pushkey, auth in [
        ("", browser.data["auth"]),
        (off_the_curve, browser.data["auth"]),
        (base64url.encode(browser.point[:-1]), browser.data["auth"]),
        (browser.pushkey, base64url.encode(b"short")),
        (browser.pushkey, "é"),
        (browser.pushkey, 1),
    ]:
        with pytest.raises(InvalidParam):
            target_of(pushkey, browser.data | {"auth": auth})


def test_plain_http_is_for_those_who_are_allowed_it() -> None:
    schemes = frozenset({"http", "https"})
    plain = GATEWAY.replace("https", "http")
    assert target_of("key", {"url": plain}, schemes=schemes) == GatewayTarget(plain, {})


def test_whom_a_push_is_handed_to_does_not_depend_on_letters() -> None:
    assert host_of(GatewayTarget("https://PUSH.example.org:8443/x", {})) == "push.example.org:8443"


@given(st.text(), st.dictionaries(st.sampled_from(["url", "endpoint", "auth"]), st.one_of(st.text(), st.integers())))
def test_whatever_comes_is_refused_or_leads_somewhere(pushkey: str, data: dict[str, Any]) -> None:
    with suppress(InvalidParam):
        assert host_of(target_of(pushkey, data))
