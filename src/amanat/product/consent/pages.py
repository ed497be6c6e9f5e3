"""The pages of policies: which there are, what each says and what has changed, and one's choice about it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, get_args

from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.core.policies import Change, Choice, Chosen, Version, is_asked
from amanat.core.requester import Requester
from amanat.edge.pages import Visit, Visits, signed_in
from amanat.edge.responses import Response
from amanat.edge.routes import get, post
from amanat.product.consent.choices import Choices
from amanat.product.consent.policies import Policies
from amanat.product.consent.texts import blocks

PATH: Final = "/_amanat/account/policies"
POSTPONED_MS: Final = 30 * 86_400_000
"""When somebody is asked again who chose "later"."""
CHOICES: Final[tuple[Choice, ...]] = get_args(Choice)
"""The buttons, which look alike."""


class Shown(Struct, frozen=True, kw_only=True):
    """A version as a list shows it; `state` and `chosen` are keys of sayings."""

    policy: str
    number: int
    title: str
    effective_ts: int
    state: str
    chosen: str | None
    is_asked: bool
    path: str


class PolicyPages:
    """`/_amanat/account/policies`."""

    def __init__(self, visits: Visits, *, policies: Policies, choices: Choices) -> None:
        self.visits = visits
        self._policies = policies
        self._choices = choices

    @get(PATH, auth="none", limit="pages")
    @signed_in
    async def show_all(self, visit: Visit) -> Response:
        """List the policies and their versions, the newest first."""
        chosen = await self._choices.of(_requester(visit))
        policies = [
            [self._shown(version, visit, chosen) for version in reversed(self._policies.versions(name))]
            for name in self._policies.names
        ]
        return visit.page("policies.html", policies=policies)

    @get(f"{PATH}/{{name}}/{{version}}", auth="none", limit="pages")
    @signed_in
    async def show(self, visit: Visit) -> Response:
        """Show what a version says, and ask for a choice if it is about something optional."""
        version = self._asked(visit)
        chosen = await self._choices.of(_requester(visit))
        text = blocks(version.texts[visit.language])
        return visit.page(
            "policy.html",
            policy=self._shown(version, visit, chosen),
            feature=version.feature,
            # The first line is the page's own heading.
            blocks=text[1:] if text and text[0].kind == "heading" else text,
            sha256=version.sha256(visit.language).hex(),
            before=version.number - 1,
            choices=CHOICES,
        )

    @get(f"{PATH}/{{name}}/{{version}}/changes", auth="none", limit="pages")
    @signed_in
    async def show_changes(self, visit: Visit) -> Response:
        """Show what differs from the version before."""
        version = self._asked(visit)
        old = self._policies.version(version.policy, version.number - 1)
        return visit.page(
            "policy_changes.html",
            title=version.title(visit.language),
            new=version.number,
            old=old.number,
            path=_path(version),
            changes=[
                # A heading's marks are not for readers.
                Change(change.kind, change.text.lstrip("# "))
                for change in self._policies.diff(version, old, language=visit.language)
            ],
        )

    @post(f"{PATH}/{{name}}/{{version}}", auth="none", limit="pages")
    @signed_in
    async def choose(self, visit: Visit) -> Response:
        """Take the choice."""
        version = self._asked(visit)
        choice = next((known for known in CHOICES if known == visit.form.text("choice")), None)
        if choice is None or version.feature is None:
            raise InvalidParam("There is no such choice.")
        until_ts = self._policies.now_ms() + POSTPONED_MS if choice == "postponed" else None
        await self._choices.choose(_requester(visit), version, choice=choice, until_ts=until_ts)
        return visit.go(f"{_path(version)}?done=1")

    def _asked(self, visit: Visit) -> Version:
        return self._policies.version(visit.request.params["name"], visit.request.params["version"])

    def _shown(self, version: Version, visit: Visit, chosen: Mapping[str, Sequence[Chosen]]) -> Shown:
        current, mine = self._policies.current(version.policy), chosen.get(version.policy, ())
        number = 0 if current is None else current.number
        state = "current" if version.number == number else "past" if version.number < number else "announced"
        asked = state == "current" and version.feature is not None
        return Shown(
            policy=version.policy,
            number=version.number,
            title=version.title(visit.language),
            effective_ts=_start_of(version.effective),
            state=f"policies.{state}",
            chosen=_chosen(version, mine),
            is_asked=asked and is_asked(version, mine, now_ms=self._policies.now_ms()),
            path=_path(version),
        )


def _chosen(version: Version, mine: Sequence[Chosen]) -> str | None:
    """Return what somebody chose; a refusal is about every version."""
    found = [one for one in mine if one.choice == "refused" or one.number == version.number]
    return f"policies.is_{found[-1].choice}" if found else None


def _path(version: Version) -> str:
    return f"{PATH}/{version.policy}/{version.number}"


def _start_of(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp() * 1000)


def _requester(visit: Visit) -> Requester:
    """Return the person, who is on no device."""
    return Requester(user_id=visit.user_id, device_id="", token_hash=b"")
