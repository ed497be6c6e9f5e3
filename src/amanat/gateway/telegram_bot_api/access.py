"""What somebody is told who makes a bot: where its program finds this API, and what people write to."""

from typing import Any

from amanat.gateway.bots.api import Me


def access(me: Me, token: str, *, base_url: str) -> dict[str, Any]:
    """Return the addresses and the token of a bot, as `amanat bot create` prints them. The token is a secret."""
    root = base_url.rstrip("/")
    return {
        "api": "telegram",
        "id": me.number,
        "username": me.username,
        "token": token,
        "api_root": root,
        "base_url": f"{root}/bot",
        "base_file_url": f"{root}/file/bot",
    }
