"""Refusals in the form of OAuth 2.0."""

from amanat.product.accounts.oauth.errors import InvalidClient, OAuthError


def test_a_refusal_has_the_form_that_oauth_clients_look_for_and_no_errcode() -> None:
    assert OAuthError("invalid_scope", "No.").body() == {"error": "invalid_scope", "error_description": "No."}
    assert (InvalidClient().body()["error"], InvalidClient().status) == ("invalid_client", 400)
