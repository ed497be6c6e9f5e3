"""Suggestions, an optional feature: who has accepted the policy about it is found by how their name begins.

Without it, people are found by those they share a room with, or by their exact handle. DESIGN, section 5.
"""

from collections.abc import Sequence
from typing import Final

from amanat.core.policies import SUGGESTIONS
from amanat.product.consent.policies import Policies
from amanat.product.consent.tables import SUGGESTED
from amanat.store.accounts import UserRow
from amanat.store.store import Store

MIN_LETTERS: Final = 3
MAX_LOOKED_AT: Final = 1000
_LAST: Final = "\U0010ffff"
"""What sorts behind every letter."""


class Suggestions:
    """Finds people who want to be found."""

    def __init__(self, store: Store, *, policies: Policies) -> None:
        self._store = store
        self._policies = policies

    async def find(self, user_id: str, wanted: str, *, limit: int) -> Sequence[UserRow]:
        """Return people whose name begins with `wanted`, which is casefolded; none where no policy is about this."""
        if len(wanted) < MIN_LETTERS:
            return []
        found: list[UserRow] = []
        for version in self._policies.about(SUGGESTIONS):
            found += await self._store.all(
                SUGGESTED,
                first=wanted,
                last=wanted + _LAST,
                max_looked_at=MAX_LOOKED_AT,
                policy=version.policy,
                version=version.number,
                user_id=user_id,
                max_rows=limit,
            )
        return list(dict.fromkeys(found))
