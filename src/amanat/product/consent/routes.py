"""Policies for everybody, and each person's own choices."""

from msgspec import Struct

from amanat.core.errors import InvalidParam
from amanat.core.policies import LANGUAGES, Change, Choice, Chosen, Version, is_asked
from amanat.core.requester import Requester
from amanat.edge.openapi import described
from amanat.edge.request import Request
from amanat.edge.routes import get, put
from amanat.product.consent.choices import Choices
from amanat.product.consent.policies import Policies, check_language


class Text(Struct, frozen=True, kw_only=True):
    """A text's title and the SHA-256 of its file."""

    title: str
    sha256: str


class Told(Struct, frozen=True, kw_only=True):
    """A version without its text; `state` is "past", "current" or "announced"."""

    version: int
    effective: str
    state: str
    texts: dict[str, Text]


class Policy(Struct, frozen=True, kw_only=True):
    """A policy, the optional feature that it is about, if any, and its versions, the oldest first."""

    policy: str
    feature: str | None
    current: int | None
    versions: list[Told]


class PolicyList(Struct, frozen=True):
    """All policies."""

    policies: list[Policy]


class Document(Struct, frozen=True, kw_only=True):
    """A version with its text, which is Markdown."""

    policy: str
    version: int
    effective: str
    language: str
    title: str
    text: str
    sha256: str


class Difference(Struct, frozen=True, kw_only=True):
    """What has changed, paragraph by paragraph."""

    policy: str
    from_version: int
    version: int
    language: str
    changes: list[Change]


class OwnChoice(Struct, frozen=True, kw_only=True):
    """What somebody chose about a policy, and whether they are to be asked now."""

    policy: str
    feature: str | None
    current: int | None
    ask: bool
    chosen: list[Chosen]


class OwnChoices(Struct, frozen=True):
    """What somebody chose."""

    choices: list[OwnChoice]


class Choosing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A choice about one version."""

    policy: str
    version: int
    choice: Choice
    until_ts: int | None = None


class PolicyRoutes:
    """`/_amanat/v1/policies`."""

    def __init__(self, policies: Policies, *, choices: Choices) -> None:
        self._policies = policies
        self._choices = choices

    @get("/_amanat/v1/policies", auth="none", limit="policies")
    async def all(self, _request: Request) -> PolicyList:
        """List the policies, their versions, dates and hashes; what takes effect later is announced here."""
        return PolicyList([self._policy(name) for name in self._policies.names])

    @get("/_amanat/v1/policies/choices", limit="policies")
    async def own(self, _request: Request, requester: Requester) -> OwnChoices:
        """List what one chose, and what one is asked about."""
        return OwnChoices(await self._own(requester))

    @put("/_amanat/v1/policies/choices", limit="policies")
    @described(takes=Choosing)
    async def choose(self, request: Request, requester: Requester) -> OwnChoices:
        """Accept a version, postpone it until some time, or refuse the policy for ever."""
        body = await request.struct(Choosing)
        version = self._policies.version(body.policy, body.version)
        if version.feature is None:
            raise InvalidParam("This policy is about no optional feature: there is nothing to choose.")
        await self._choices.choose(requester, version, choice=body.choice, until_ts=body.until_ts)
        return OwnChoices(await self._own(requester))

    @get("/_amanat/v1/policies/{name}/{version}", auth="none", limit="policies")
    @described(query=("language",))
    async def text(self, request: Request) -> Document:
        """Return the text of a version in one language."""
        version, language = self._asked(request)
        return Document(
            policy=version.policy,
            version=version.number,
            effective=version.effective.isoformat(),
            language=language,
            title=version.title(language),
            text=version.texts[language],
            sha256=version.sha256(language).hex(),
        )

    @get("/_amanat/v1/policies/{name}/{version}/diff", auth="none", limit="policies")
    @described(query=("from", "language"))
    async def diff(self, request: Request) -> Difference:
        """Return what has changed since another version."""
        version, language = self._asked(request)
        old = self._policies.version(version.policy, request.query_required("from"))
        return Difference(
            policy=version.policy,
            from_version=old.number,
            version=version.number,
            language=language,
            changes=self._policies.diff(version, old, language=language),
        )

    def _asked(self, request: Request) -> tuple[Version, str]:
        version = self._policies.version(request.params["name"], request.params["version"])
        return version, check_language(request.query("language"))

    async def _own(self, requester: Requester) -> list[OwnChoice]:
        chosen, now_ms = await self._choices.of(requester), self._policies.now_ms()
        found = []
        for name in self._policies.names:
            current, mine = self._policies.current(name), list(chosen.get(name, ()))
            feature = self._policies.versions(name)[-1].feature
            found.append(
                OwnChoice(
                    policy=name,
                    feature=feature,
                    current=None if current is None else current.number,
                    ask=feature is not None and is_asked(current, mine, now_ms=now_ms),
                    chosen=mine,
                )
            )
        return found

    def _policy(self, name: str) -> Policy:
        versions, current = self._policies.versions(name), self._policies.current(name)
        return Policy(
            policy=name,
            feature=versions[-1].feature,
            current=None if current is None else current.number,
            versions=[_told(version, current) for version in versions],
        )


def _told(version: Version, current: Version | None) -> Told:
    number = 0 if current is None else current.number
    state = "current" if version.number == number else "past" if version.number < number else "announced"
    return Told(
        version=version.number,
        effective=version.effective.isoformat(),
        state=state,
        texts={
            language: Text(title=version.title(language), sha256=version.sha256(language).hex())
            for language in LANGUAGES
        },
    )
