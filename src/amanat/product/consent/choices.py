"""Choices: each person accepts, postpones or refuses a policy, and changes their mind as they like.

Nothing but an optional feature of this folder looks at what somebody chose, so that nobody loses anything by refusing.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from amanat.core.errors import InvalidParam
from amanat.core.policies import Choice, Chosen, Version
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.product.consent.tables import CHOICES, CHOICES_OF, ChoiceRow
from amanat.store.store import Store

MAX_POSTPONED_MS: Final = 366 * 86_400_000


class Choices:
    """What people chose."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    async def of(self, requester: Requester) -> Mapping[str, Sequence[Chosen]]:
        """Return what a person chose, by policy."""
        found: dict[str, list[Chosen]] = {}
        for row in await self._store.all(CHOICES_OF, user_id=requester.user_id):
            found.setdefault(row.policy, []).append(_chosen(row))
        return found

    async def choose(
        self, requester: Requester, version: Version, *, choice: Choice, until_ts: int | None = None
    ) -> None:
        """Choose about a version. A refusal takes the place of all that was chosen about the policy."""
        user_id, now = requester.user_id, self._now_ms()
        if (choice == "postponed") != (until_ts is not None):
            raise InvalidParam("What is postponed, and nothing else, has a time `until_ts`.")
        if until_ts is not None and not now < until_ts <= now + MAX_POSTPONED_MS:
            raise InvalidParam("Postpone to some time within a year.")
        row = ChoiceRow(user_id, version.policy, version.number, choice, until_ts, now)

        def run(tx: Tx) -> None:
            for held in list(tx.scan(CHOICES, user_id, version.policy)):
                if choice == "refused" or held.choice != "accepted" or held.version == version.number:
                    tx.delete(CHOICES, user_id, version.policy, held.version)
            tx.put(CHOICES, row)

        await self._store.write(run, needs=[(CHOICES, (user_id, version.policy))])


def _chosen(row: ChoiceRow) -> Chosen:
    choices: dict[str, Choice] = {"accepted": "accepted", "postponed": "postponed", "refused": "refused"}
    return Chosen(number=row.version, choice=choices[row.choice], until_ts=row.until_ts, chosen_ts=row.chosen_ts)
