"""Forms that a passkey fills in: the page's script asks the browser for it and sends what it answers."""

from typing import Any

import msgspec

from amanat.product.accounts.pages.visits import Visit

FIELD = "credential"


def credential_of(visit: Visit) -> dict[str, Any]:
    """Return what the browser has answered; an empty one, which nobody accepts, where it is not of the right shape."""
    try:
        return msgspec.json.decode(visit.form.raw(FIELD), type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        return {}


def binding_of(visit: Visit) -> str:
    """Name the browser session that a ceremony belongs to."""
    return visit.session.key.hex()


def as_json(options: dict[str, Any]) -> str:
    """Write options as the script takes them."""
    return msgspec.json.encode(options).decode()
