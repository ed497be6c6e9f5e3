"""What an app may ask for."""

import pytest

from amanat.product.accounts.oauth import scopes
from amanat.product.accounts.oauth.errors import OAuthError

API = "urn:matrix:client:api:*"
OLD_API = "urn:matrix:org.matrix.msc2967.client:api:*"
DEVICE = "urn:matrix:client:device:ABCDEFGHIJ"
OLD_DEVICE = "urn:matrix:org.matrix.msc2967.client:device:ABCDEFGHIJ"


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        (f"{API} {DEVICE}", f"{API} {DEVICE}"),
        (f"{DEVICE} {API}", f"{API} {DEVICE}"),
        (f"{OLD_API} {OLD_DEVICE}", f"{OLD_API} {OLD_DEVICE}"),
        (f"openid {API} {API} {DEVICE}", f"{API} {DEVICE}"),
        (f"{API} {OLD_API} {DEVICE} {OLD_DEVICE}", f"{API} {OLD_API} {DEVICE} {OLD_DEVICE}"),
    ],
)
def test_the_whole_api_on_one_device_is_given_under_the_names_it_was_asked_by(asked: str, given: str) -> None:
    scope = scopes.read(asked)
    assert (scope.text, scope.device_id) == (given, "ABCDEFGHIJ")


def test_who_somebody_is_is_told_where_nothing_else_is_asked() -> None:
    scope = scopes.read("openid")
    assert (scope.text, scope.device_id, scope.is_identity) == ("openid", "", True)
    assert not scopes.read(f"openid {API} {DEVICE}").is_identity


@pytest.mark.parametrize(
    "asked",
    [
        None,
        "openid profile",
        "",
        API,
        DEVICE,
        f"{API} {DEVICE} urn:matrix:client:device:ANOTHERONE",
        f"{API} urn:matrix:client:device:",
        f"{API} urn:matrix:client:device:SHORT",
        f"{API} urn:matrix:client:device:{'A' * 256}",
        f"{API} urn:matrix:client:device:ABCDEF\nGHIJ",
        f"{API} urn:matrix:client:device:ABCDEFé",
        f"{API} urn:matrix:client:device:{'A' * 43}",
        f"urn:matrix:client:api:read {DEVICE}",
    ],
)
def test_anything_else_is_refused(asked: str | None) -> None:
    with pytest.raises(OAuthError) as refused:
        scopes.read(asked)
    assert refused.value.code == "invalid_scope"
