"""What a bot's developer is given: the ids and secrets that libraries ask for. Pure."""

import hmac
from hashlib import sha256
from typing import Final

from amanat.gateway.bots.api import Me
from amanat.gateway.cloud_api.ids import display_number, node_id

VERSION: Final = "v23.0"
"""Of the addresses that are shown; every version is taken."""
_SECRET_LENGTH: Final = 32
"""Hexadecimal digits, as Meta's app secrets have."""


def access(me: Me, token: str, *, base_url: str, secret: str) -> dict[str, str]:
    """Return what a library asks for. `secret` is `Line.secret`; `base_url` is where the gateway is reached."""
    return {
        "url": base_url.rstrip("/"),
        "base_url": f"{base_url.rstrip('/')}/{VERSION}",
        "access_token": token,
        "phone_number_id": node_id("phone", me.number),
        "business_account_id": node_id("business", me.number),
        "app_id": node_id("app", me.number),
        "app_secret": app_secret(secret),
        "display_phone_number": display_number(me),
    }


def app_secret(secret: str) -> str:
    """Return the secret that webhooks are signed with."""
    return _derived(secret, "app")[:_SECRET_LENGTH]


def media_key(secret: str) -> str:
    """Return the key that signs addresses of files."""
    return _derived(secret, "media")


def proof(token: str, *, secret: str) -> str:
    """Return the `appsecret_proof` of a token: that its sender knows the app's secret too."""
    return hmac.new(app_secret(secret).encode(), token.encode(), sha256).hexdigest()


def app_token(me: Me, *, secret: str) -> str:
    """Return the token of the app itself, which only sets where webhooks go."""
    return f"{node_id('app', me.number)}|{app_secret(secret)}"


def _derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), f"cloud_api {purpose}".encode(), sha256).hexdigest()
