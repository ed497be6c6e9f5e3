"""What rooms ask about people: whether somebody is here, and how they appear."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from amanat.store.people import APPEARANCES
from amanat.store.store import Store


class Appearance(Struct, frozen=True):
    """How a person appears in a room."""

    displayname: str | None = None
    avatar_url: str | None = None


class People:
    """Knows everybody who has an account here that is in use."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, user_ids: Sequence[str]) -> Mapping[str, Appearance]:
        """Return how those of them appear who have an account."""
        rows = await self._store.all(APPEARANCES, user_ids=list(user_ids))
        return {row.user_id: Appearance(_text(row.displayname), _text(row.avatar_url)) for row in rows}


def member_content(
    membership: str, appearance: Appearance | None = None, *, reason: str | None = None
) -> dict[str, Any]:
    """Return the content of a member event. Spec: client-server-api#mroommember."""
    content: dict[str, Any] = {"membership": membership}
    if appearance is not None and appearance.displayname:
        content["displayname"] = appearance.displayname
    if appearance is not None and appearance.avatar_url:
        content["avatar_url"] = appearance.avatar_url
    if reason is not None:
        content["reason"] = reason
    return content


def _text(value: bytes | None) -> str | None:
    decoded = None if value is None else msgspec.json.decode(value)
    return decoded if isinstance(decoded, str) else None
