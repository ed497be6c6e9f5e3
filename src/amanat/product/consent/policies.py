"""The policies of this server: loaded at the start, never changed once published, told with their hashes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from amanat.core.errors import InvalidParam, NotFound
from amanat.core.policies import LANGUAGES, Change, Version, diff, in_effect
from amanat.db.tx import Tx
from amanat.product.consent.documents import PolicyRefused, load
from amanat.product.consent.tables import ALL_POLICY_TEXTS, POLICY_TEXTS, PolicyTextRow
from amanat.store.store import Store

MAX_DIFFS: Final = 100
"""Diffs remembered: making one takes milliseconds."""


class Policies:
    """Knows which versions there are, and which holds today."""

    def __init__(self, store: Store, *, folder: str | None, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._folder = None if folder is None else Path(folder)
        self.now_ms = now_ms
        self._policies: Mapping[str, Sequence[Version]] = {}
        self._diffs: dict[tuple[str, int, int, str], list[Change]] = {}

    async def open(self) -> None:
        """Publish what is in the folder; raises PolicyRefused if a published text is gone or is not what it was."""
        policies = {} if self._folder is None else load(self._folder)
        rows = {
            (row.policy, row.version, row.language): row
            for versions in policies.values()
            for version in versions
            for row in _rows(version, self.now_ms())
        }
        for published in await self._store.all(ALL_POLICY_TEXTS):
            _check_unchanged(published, rows.pop((published.policy, published.version, published.language), None))
        for row in rows.values():
            await self._publish(row)
        self._policies = policies

    async def _publish(self, row: PolicyTextRow) -> None:
        def run(tx: Tx) -> None:
            tx.put(POLICY_TEXTS, row)

        await self._store.write(run)

    @property
    def names(self) -> Sequence[str]:
        """The names of all policies."""
        return list(self._policies)

    def versions(self, policy: str) -> Sequence[Version]:
        """Return the versions of a policy; raises NotFound."""
        try:
            return self._policies[policy]
        except KeyError:
            raise NotFound("There is no such policy.") from None

    def version(self, policy: str, number: str | int) -> Version:
        """Return one version; raises NotFound."""
        found = [version for version in self.versions(policy) if str(version.number) == str(number)]
        if not found:
            raise NotFound("This policy has no such version.")
        return found[0]

    def current(self, policy: str) -> Version | None:
        """Return the version that holds today."""
        return in_effect(self.versions(policy), self.today())

    def about(self, feature: str) -> Sequence[Version]:
        """Return the versions that hold today and are about an optional feature."""
        holding = [self.current(policy) for policy in self._policies]
        return [version for version in holding if version is not None and version.feature == feature]

    def diff(self, new: Version, old: Version, *, language: str) -> list[Change]:
        """Return what has changed between two versions."""
        key = (new.policy, old.number, new.number, language)
        found = self._diffs.get(key)
        if found is None:
            found = self._diffs[key] = diff(old.texts[language], new.texts[language])
            while len(self._diffs) > MAX_DIFFS:
                del self._diffs[next(iter(self._diffs))]
        return found

    def today(self) -> date:
        """Return the day, in UTC."""
        return datetime.fromtimestamp(self.now_ms() / 1000, UTC).date()


def check_language(language: str | None) -> str:
    """Return a language that policies are in; Indonesian where none is asked for."""
    if language is None:
        return LANGUAGES[0]
    if language not in LANGUAGES:
        raise InvalidParam(f"Policies are in {' and '.join(LANGUAGES)}.")
    return language


def _rows(version: Version, now: int) -> list[PolicyTextRow]:
    return [
        PolicyTextRow(
            policy=version.policy,
            version=version.number,
            language=language,
            sha256=version.sha256(language),
            effective=version.effective.isoformat(),
            feature=version.feature,
            published_ts=now,
        )
        for language in LANGUAGES
    ]


def _check_unchanged(published: PolicyTextRow, found: PolicyTextRow | None) -> None:
    name = f"{published.policy}/{published.version}.{published.language}.md"
    if found is None:
        raise PolicyRefused(f"policies_folder: {name} is missing. People chose about it: put it back.")
    if found.sha256 != published.sha256:
        raise PolicyRefused(f"policies_folder: {name} has changed since it was published. Write a new version instead.")
    if (found.effective, found.feature) != (published.effective, published.feature):
        raise PolicyRefused(
            f"policies_folder: {published.policy}/{published.version}.toml has changed since it was published: it said "
            f"effective = {published.effective}, feature = {published.feature!r}. Write a new version instead."
        )
