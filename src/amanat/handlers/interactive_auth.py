"""Interactive authentication: what must be proved before a sensitive act, stage by stage.

What has been proved counts for one act of one person. Sessions are in memory: after a restart a client begins anew.
Spec: client-server-api#user-interactive-authentication-api.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct
from prometheus_client import Gauge

from amanat.core.errors import BadJson, Forbidden, InteractiveAuthNeeded, LimitExceeded, MatrixError, UnknownLoginType
from amanat.core.requester import Requester
from amanat.handlers.accounts import Accounts

LIFETIME_MS: Final = 15 * 60_000
MAX_SESSIONS: Final = 10_000
"""At some 600 bytes each; the oldest gives way."""
SESSIONS = Gauge("amanat_handlers_interactive_auth_entries", "Proofs of who somebody is that are under way.")

DUMMY: Final = "m.login.dummy"
PASSWORD: Final = "m.login.password"  # noqa: S105
REGISTRATION_TOKEN: Final = "m.login.registration_token"  # noqa: S105
SSO: Final = "m.login.sso"
OAUTH: Final = "m.oauth"
OAUTH_BEFORE: Final = "org.matrix.cross_signing_reset"
"""What apps know `m.oauth` by that were made before it was in the specification (MSC4312)."""

Auth = dict[str, Any]
Flows = Sequence[Sequence[str]]


class Stage(Protocol):
    """One kind of proof."""

    async def check(self, auth: Auth, *, owner: str | None) -> Any:
        """Return what the proof tells; raises MatrixError if it is none. `owner` is who is asking, if known."""
        ...


class Elsewhere(Protocol):
    """A kind of proof that is given on a page, for whatever is done next."""

    def take(self, owner: str) -> bool:
        """Whether somebody has given it; it counts once."""
        ...


class Dummy:
    """Proves nothing: it lets a client through that must show it has read the flows."""

    async def check(self, auth: Auth, *, owner: str | None) -> None:
        """Accept."""


class Ways(Struct, frozen=True, kw_only=True):
    """In which ways something may be proved; `params` is what a client must know for one, by its stage."""

    flows: Flows
    params: Mapping[str, Any] = {}


class Purpose(Struct, frozen=True, kw_only=True):
    """Who wants to do what, and in which ways it may be proved that they may."""

    owner: str | None
    operation: str
    flows: Flows
    params: Mapping[str, Any] = {}


class _Session:
    __slots__ = ("began_ts", "proved", "purpose")

    def __init__(self, purpose: Purpose, began_ts: int) -> None:
        self.purpose = purpose
        self.began_ts = began_ts
        self.proved: dict[str, Any] = {}

    def serves(self, purpose: Purpose, *, now: int) -> bool:
        """Whether what is proved here may count for `purpose`."""
        same = (self.purpose.owner, self.purpose.operation) == (purpose.owner, purpose.operation)
        return same and now < self.began_ts + LIFETIME_MS


class FlowsOf(Protocol):
    """Knows in which ways a person can prove who they are."""

    async def of(self, requester: Requester, *, account_action: str | None) -> Ways:
        """Return the ways; raises Forbidden if there is none.

        `account_action` names what the person could do on their account page instead.
        """
        ...


class AccountFlows:
    """In which ways a person can prove who they are: by password or, without one, by signing in with a browser.

    In `lab` nobody without a password is asked to prove anything.
    """

    def __init__(self, accounts: Accounts, *, dummy_without_password: bool) -> None:
        self._accounts = accounts
        self._dummy_without_password = dummy_without_password

    async def of(self, requester: Requester, *, account_action: str | None) -> Ways:  # noqa: ARG002 - all acts alike
        """Return the ways."""
        user = await self._accounts.get(requester.user_id)
        if user is not None and user.password_hash is not None:
            return Ways(flows=[[PASSWORD]])
        return Ways(flows=[[DUMMY]] if self._dummy_without_password else [[SSO]])


class InteractiveAuth:
    """Asks for proof and keeps what has been proved until it is used."""

    def __init__(self, *, stages: Mapping[str, Stage], flows: FlowsOf, now_ms: Callable[[], int]) -> None:
        """Let `elsewhere` be stages that are proved on a page: they are asked whether somebody has done that."""
        self.stages = dict(stages)
        self.elsewhere: dict[str, Elsewhere] = {}
        self.flows = flows
        self._now_ms = now_ms
        self._sessions: dict[str, _Session] = {}
        SESSIONS.set_function(self._sessions.__len__)

    async def require(
        self, requester: Requester, auth: Auth | None, *, operation: str, account_action: str | None = None
    ) -> None:
        """Return once the requester has proved who they are for `operation`; raises InteractiveAuthNeeded until then.

        `operation` names the act and what it is done to, so that proof given for one is none for another.
        `account_action` names what the person could do on their account page instead.
        """
        ways = await self.flows.of(requester, account_action=account_action)
        purpose = Purpose(owner=requester.user_id, operation=operation, flows=ways.flows, params=ways.params)
        await self.prove(purpose, auth)

    # What is proved on a page

    def waiting(self, session_id: str) -> Purpose | None:
        """Return what is to be proved in a session."""
        session = self._sessions.get(session_id)
        return None if session is None or not session.serves(session.purpose, now=self._now_ms()) else session.purpose

    def confirm(self, session_id: str, stage: str, *, owner: str) -> None:
        """Note that somebody has proved on a page who they are; raises Forbidden if it is not asked of them."""
        purpose = self.waiting(session_id)
        if purpose is None or purpose.owner != owner or not any(stage in flow for flow in purpose.flows):
            raise Forbidden("Nothing is to be confirmed here, or no longer.")
        self._sessions[session_id].proved[stage] = None

    async def prove(self, purpose: Purpose, auth: Auth | None) -> Mapping[str, Any]:
        """Return what each stage of a completed flow has told; raises InteractiveAuthNeeded until one is."""
        session_id, session = self._resume(purpose, auth)
        kind = _text(auth, "type")
        if auth is not None and kind is not None:
            try:
                session.proved[kind] = await self._check(purpose, kind, auth)
            except LimitExceeded:
                raise
            except MatrixError as failure:
                raise _needed(session_id, session, failure) from None
        self._ask_elsewhere(purpose, session)
        if not any(session.proved.keys() >= set(flow) for flow in purpose.flows):
            raise _needed(session_id, session)
        self._sessions.pop(session_id, None)
        return session.proved

    def _ask_elsewhere(self, purpose: Purpose, session: _Session) -> None:
        for flow in purpose.flows:
            for stage in flow:
                if stage in self.elsewhere and purpose.owner is not None and self.elsewhere[stage].take(purpose.owner):
                    session.proved[stage] = None
                    return

    async def _check(self, purpose: Purpose, kind: str, auth: Auth) -> Any:
        if not any(kind in flow for flow in purpose.flows):
            raise UnknownLoginType("That is not among the ways to confirm this; `flows` lists them.")
        stage = self.stages.get(kind)
        if stage is None:
            raise Forbidden("That is confirmed on a page, and nowhere else.")
        return await stage.check(auth, owner=purpose.owner)

    def _resume(self, purpose: Purpose, auth: Auth | None) -> tuple[str, _Session]:
        session_id = _text(auth, "session")
        now = self._now_ms()
        held = None if session_id is None else self._sessions.get(session_id)
        if session_id is not None and held is not None and held.serves(purpose, now=now):
            return session_id, held
        session_id, held = secrets.token_urlsafe(16), _Session(purpose, now)
        self._sessions[session_id] = held
        while len(self._sessions) > MAX_SESSIONS:
            del self._sessions[next(iter(self._sessions))]
        return session_id, held


def _text(auth: Auth | None, key: str) -> str | None:
    value = None if auth is None else auth.get(key)
    if value is not None and not isinstance(value, str):
        raise BadJson(f"The `{key}` of `auth` must be a string.")
    return value


def _needed(session_id: str, session: _Session, failure: MatrixError | None = None) -> InteractiveAuthNeeded:
    return InteractiveAuthNeeded(
        failure,
        flows=[{"stages": list(flow)} for flow in session.purpose.flows],
        params=dict(session.purpose.params),
        session=session_id,
        completed=list(session.proved),
    )
