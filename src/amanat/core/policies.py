"""Policies: documents in versions, each in both languages and in effect from a day on, and choices of them. Pure.

A choice is about one version, since it is about a text. A refusal is about the policy: nobody is asked again.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from hashlib import sha256
from itertools import pairwise
from typing import Final, Literal

from msgspec import Struct

LANGUAGES: Final = ("id", "en")

SUGGESTIONS: Final = "suggestions"
FEATURES: Final = {SUGGESTIONS: "Being suggested, by name, to people with whom one shares no room."}
"""What the server does for a person only once they have accepted the policy about it. All else is for everybody."""

Choice = Literal["accepted", "postponed", "refused"]


class Version(Struct, frozen=True, kw_only=True):
    """One version of a policy. `effective` is a day; `texts` has each language."""

    policy: str
    number: int
    effective: date
    feature: str | None
    texts: Mapping[str, str]

    def title(self, language: str) -> str:
        """Return the first line."""
        return self.texts[language].strip().partition("\n")[0].lstrip("# ").strip()

    def sha256(self, language: str) -> bytes:
        """Return the hash of a text: that of its file."""
        return sha256(self.texts[language].encode()).digest()


class Chosen(Struct, frozen=True, kw_only=True):
    """What somebody chose about a version; a postponed one is asked about again after `until_ts`."""

    number: int
    choice: Choice
    until_ts: int | None
    chosen_ts: int


class Change(Struct, frozen=True):
    """A paragraph of a diff; `kind` is "kept", "added" or "removed"."""

    kind: str
    text: str


def problem_of(versions: Sequence[Version]) -> str | None:
    """Say what is wrong with the versions of one policy, in their order; `None` if nothing is."""
    for version in versions:
        name = f"{version.policy}/{version.number}"
        missing = [language for language in LANGUAGES if not version.texts.get(language, "").strip()]
        if missing:
            return f"{name} has no text in {' and '.join(missing)}."
        if version.feature is not None and version.feature not in FEATURES:
            return f"{name} is about {version.feature!r}; the optional features are {', '.join(FEATURES)}."
    for before, after in pairwise(versions):
        if after.number != before.number + 1:
            return f"{before.policy} has version {after.number} after {before.number}: versions are 1, 2, 3, …"
        if after.effective <= before.effective:
            return f"{after.policy}/{after.number} must take effect after version {before.number} ({before.effective})."
        if after.feature != before.feature:
            return f"{after.policy}/{after.number} is about another feature than version {before.number}."
    if versions and versions[0].number != 1:
        return f"{versions[0].policy} begins with version {versions[0].number}: versions are 1, 2, 3, …"
    return None


def in_effect(versions: Iterable[Version], today: date) -> Version | None:
    """Return the version that holds today."""
    return max((version for version in versions if version.effective <= today), key=lambda v: v.effective, default=None)


def is_asked(version: Version | None, chosen: Sequence[Chosen], *, now_ms: int) -> bool:
    """Whether to ask somebody now about the version that holds."""
    if version is None or any(one.choice == "refused" for one in chosen):
        return False
    mine = [one for one in chosen if one.number == version.number]
    return not any(one.choice == "accepted" or (one.until_ts or 0) > now_ms for one in mine)


def diff(old: str, new: str) -> list[Change]:
    """Return what has changed from one text to another, paragraph by paragraph."""
    before, after = _paragraphs(old), _paragraphs(new)
    changes: list[Change] = []
    for kind, from_a, to_a, from_b, to_b in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            changes += [Change("kept", text) for text in before[from_a:to_a]]
        else:
            changes += [Change("removed", text) for text in before[from_a:to_a]]
            changes += [Change("added", text) for text in after[from_b:to_b]]
    return changes


def _paragraphs(text: str) -> list[str]:
    return [paragraph.strip() for paragraph in text.replace("\r\n", "\n").split("\n\n") if paragraph.strip()]
