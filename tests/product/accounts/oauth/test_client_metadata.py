"""What an app says of itself."""

from typing import Any

import pytest

from amanat.product.accounts.oauth.client_metadata import MAX_REDIRECTS, read, stored_metadata
from amanat.product.accounts.oauth.errors import OAuthError
from tests.product.accounts.oauth.app import METADATA

NATIVE = {"application_type": "native"}


def _code(body: Any) -> str:
    with pytest.raises(OAuthError) as refused:
        read(body, loopback_apps=False)
    return refused.value.code


def test_what_is_kept_is_what_was_understood() -> None:
    body = METADATA | {"client_name#id": "Rindu", "contacts": ["x"], "grant_types": [*METADATA["grant_types"], "magic"]}
    metadata = read(body, loopback_apps=False)
    assert metadata == read(METADATA, loopback_apps=False)
    assert stored_metadata(metadata.stored()) == metadata
    assert metadata.host == "example.org"


def test_the_same_app_has_the_same_id_and_another_another() -> None:
    first = read(METADATA, loopback_apps=False).client_id
    assert read(dict(reversed(METADATA.items())), loopback_apps=False).client_id == first
    assert read(METADATA | {"client_name": "Other"}, loopback_apps=False).client_id != first


def test_only_where_it_is_from_must_be_said() -> None:
    metadata = read(
        {"client_uri": "https://example.org", "redirect_uris": ["https://example.org/"]}, loopback_apps=False
    )
    assert metadata.grant_types == ("authorization_code", "refresh_token")
    assert (metadata.application_type, metadata.token_endpoint_auth_method) == ("web", "none")


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org/callback",
        "https://app.example.org/callback",
        "https://example.org:5173/?query=value",
    ],
)
def test_a_site_leads_back_to_its_own_host_or_below(uri: str) -> None:
    assert read(METADATA | {"redirect_uris": [uri]}, loopback_apps=False).has_redirect(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "https://example.org/callback#fragment",
        "http://example.org/callback",
        "http://localhost/",
        "https://evil.example/callback",
        "https://notexample.org/callback",
        "https://example.org.evil.example/",
        "https://user@example.org/",
        "org.example.app:/callback",
        "javascript:alert(1)",
    ],
)
def test_a_site_leads_nowhere_else(uri: str) -> None:
    assert _code(METADATA | {"redirect_uris": [uri]}) == "invalid_redirect_uri"


@pytest.mark.parametrize(
    "uri",
    [
        "org.example.app:/callback",
        "org.example:/",
        "org.example:callback",
        "http://localhost/callback",
        "http://127.0.0.1/callback",
        "http://[::1]/callback",
        "https://app.example.org/callback",
    ],
)
def test_a_native_app_leads_back_to_itself(uri: str) -> None:
    assert read(METADATA | NATIVE | {"redirect_uris": [uri]}, loopback_apps=False).has_redirect(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "example:/callback",
        "org.example.app://callback",
        "https://localhost/callback",
        "http://localhost:1234/callback",
        "http://192.0.2.1/callback",
        "javascript:alert(1)",
        "data:text/html,x",
    ],
)
def test_a_native_app_leads_nowhere_else(uri: str) -> None:
    assert _code(METADATA | NATIVE | {"redirect_uris": [uri]}) == "invalid_redirect_uri"


@pytest.mark.parametrize(
    "more",
    [
        {"client_uri": None},
        {"client_uri": "http://example.org/"},
        {"client_uri": "https://localhost/"},
        {"client_uri": "https://192.0.2.1/"},
        {"client_uri": "https://user:pass@example.org/"},
        {"client_uri": 3},
        {"client_name": ""},
        {"client_name": "   "},
        {"client_name": "x" * 65},
        {"client_name": "a\u202eb"},
        {"client_name": "a\u200bb"},
        {"client_name": "a\nb"},
        {"client_name": 3},
        {"logo_uri": "https://evil.example/logo.png"},
        {"tos_uri": "http://example.org/tos"},
        {"policy_uri": "javascript:alert(1)"},
        {"application_type": "desktop"},
        {"token_endpoint_auth_method": "client_secret_basic"},
        {"grant_types": ["password"]},
        {"grant_types": "authorization_code"},
        {"response_types": ["token"]},
        {"redirect_uris": "https://example.org/"},
        {"redirect_uris": [1]},
    ],
)
def test_what_does_not_fit_is_refused(more: dict[str, Any]) -> None:
    assert _code(METADATA | more) == "invalid_client_metadata"


@pytest.mark.parametrize("uris", [[], ["https://example.org/"] * (MAX_REDIRECTS + 1)])
def test_there_is_somewhere_to_lead_back_to_and_not_too_much(uris: list[str]) -> None:
    assert _code(METADATA | {"redirect_uris": uris}) == "invalid_redirect_uri"


@pytest.mark.parametrize("body", [None, [], "x", 3])
def test_what_is_no_object_is_refused(body: Any) -> None:
    assert _code(body) == "invalid_client_metadata"


def test_an_app_of_this_machine_is_taken_where_that_is_allowed() -> None:
    home = "http://localhost:5173"
    body = METADATA | {"client_uri": f"{home}/", "redirect_uris": [f"{home}/callback"]}
    assert read(body, loopback_apps=True).has_redirect(f"{home}/callback")
    assert _code(body) == "invalid_client_metadata"
    with pytest.raises(OAuthError):
        read(body | {"client_uri": "http://192.0.2.1/"}, loopback_apps=True)
