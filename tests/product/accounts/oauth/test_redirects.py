"""Where people may be sent, and what carries an answer there."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.product.accounts.oauth import redirects

CALLBACK = "https://app.example.org/callback"


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org@evil.example/",
        "https://example.org\\@evil.example/",
        "https://example.org#fragment",
        "https://EXAMPLE.org/",
        "https:/example.org",
        "https:///example.org",
        "https://exämple.org/",
        "https://example.org/ ",
        "https://example.org/\n",
        "https://example.org:0/",
        "https://example.org:port/",
        "https://[::1",
        "//example.org/",
        "ftp://example.org/",
        "https://example.org/" + "a" * 2048,
        "",
    ],
)
def test_what_two_programs_could_read_differently_is_no_address(uri: str) -> None:
    assert redirects.http_uri(uri) is None


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        ("example.org", True),
        ("a.b-c.example", True),
        ("localhost", False),
        ("192.0.2.1", False),
        ("-a.example", False),
        ("a..example", False),
        ("a.example.", False),
        ("example.123", False),
    ],
)
def test_a_domain_has_labels_and_is_no_number(host: str, is_one: bool) -> None:
    assert redirects.is_domain(host) is is_one


@pytest.mark.parametrize(
    ("uri", "is_one"),
    [
        ("org.example:/", True),
        ("org.example.app:/callback", True),
        ("org.example:callback", True),
        ("org.example.app://callback", False),
        ("org.examples:/callback", False),
        ("example:/callback", False),
        ("javascript:alert(1)", False),
    ],
)
def test_an_apps_own_scheme_begins_with_its_host_in_reverse(uri: str, is_one: bool) -> None:
    assert redirects.is_private_of(uri, "example.org") is is_one


@pytest.mark.parametrize(
    ("registered", "asked", "fits"),
    [
        (CALLBACK, CALLBACK, True),
        (CALLBACK, f"{CALLBACK}/", False),
        (CALLBACK, f"{CALLBACK}?a=b", False),
        (CALLBACK, "https://app.example.org:8443/callback", False),
        (CALLBACK, "http://app.example.org/callback", False),
        (CALLBACK, "https://app.example.org/callback/../other", False),
        ("http://127.0.0.1/callback", "http://127.0.0.1:5173/callback", True),
        ("http://[::1]/callback", "http://[::1]:5173/callback", True),
        ("http://127.0.0.1/callback", "http://localhost:5173/callback", False),
        ("http://127.0.0.1/callback", "http://127.0.0.1:5173/other", False),
        ("http://127.0.0.1/callback", "https://127.0.0.1:5173/callback", False),
        ("http://localhost/callback", "http://localhost:5173@evil.example/callback", False),
        ("http://localhost:5173/callback", "http://localhost:9000/callback", False),
    ],
)
def test_an_address_must_be_the_registered_one_but_for_the_port_on_loopback(
    registered: str, asked: str, fits: bool
) -> None:
    assert redirects.matches(registered, asked) is fits


@given(
    st.dictionaries(st.text("abc_", min_size=1), st.text(min_size=1), min_size=1),
    st.sampled_from(["https://app.example.org/callback", "https://app.example.org/?a_query=1", "org.example:/"]),
    st.sampled_from(redirects.MODES),
)
def test_an_answer_arrives_as_it_was_sent(told: dict[str, str], uri: str, mode: redirects.ResponseMode) -> None:
    parts = urlsplit(redirects.answer(uri, told, mode=mode))
    arrived = parse_qs(parts.fragment if mode == "fragment" else parts.query)
    assert {name: arrived[name] for name in told} == {name: [value] for name, value in told.items()}
    assert redirects.answer(uri, told, mode=mode).startswith(uri)


@pytest.mark.parametrize(
    ("uri", "named", "policy"),
    [
        (CALLBACK, "app.example.org", "https://app.example.org"),
        ("http://127.0.0.1:5173/", "127.0.0.1:5173", "http://127.0.0.1:5173"),
        ("http://[::1]:5173/", "[::1]:5173", "http:"),
        ("org.example.app:/callback", "org.example.app:", "org.example.app:"),
    ],
)
def test_a_target_is_named_and_let_through_the_policy(uri: str, named: str, policy: str) -> None:
    assert (redirects.target(uri), redirects.form_action(uri)) == (named, policy)


@pytest.mark.parametrize(
    ("uri", "is_one"),
    [
        ("https://app.example.org/#/login", True),
        ("http://localhost:9999/", True),
        ("element://connect", True),
        ("org.example.app:/callback", True),
        ("javascript:alert(1)", False),
        ("JavaScript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,hello", False),
        ("vbscript:x", False),
        ("blob:https://example.org/1", False),
        ("file:///etc/passwd", False),
        ("view-source:https://example.org/", False),
        ("https:evil.example", False),
        ("https://example.org@evil.example/", False),
        ("//evil.example/", False),
        ("/own/path", False),
        ("app:\\\\evil", False),
        ("", False),
    ],
)
def test_a_login_token_goes_to_a_site_or_an_app_and_is_never_run(uri: str, is_one: bool) -> None:
    assert redirects.is_login_target(uri) is is_one
