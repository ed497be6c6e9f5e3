"""What somebody allows on a page and an app then does, and how sessions of the OAuth 2.0 API prove anything at all.

Spec: client-server-api#oauth-authentication. Kept in memory: after a restart one is asked again.
"""

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from amanat.core.errors import Forbidden
from amanat.core.requester import Requester
from amanat.handlers.interactive_auth import OAUTH, OAUTH_BEFORE, FlowsOf, Ways
from amanat.handlers.sessions import Sessions

LIFETIME_MS: Final = 10 * 60_000
MAX_APPROVALS: Final = 10_000
"""At some 150 bytes; the oldest gives way."""
CROSS_SIGNING_RESET: Final = "org.matrix.cross_signing_reset"
"""The one act that an app may do once it is allowed on a page; the others are done on the page itself."""


class ResetApprovals:
    """Who has allowed, not long ago, that an app replaces their cross-signing keys; it counts once."""

    def __init__(self, *, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._until: dict[str, int] = {}

    def approve(self, user_id: str) -> None:
        """Note that somebody allows it."""
        self._until.pop(user_id, None)
        self._until[user_id] = self._now_ms() + LIFETIME_MS
        while len(self._until) > MAX_APPROVALS:
            del self._until[next(iter(self._until))]

    def take(self, owner: str) -> bool:
        """Whether somebody has allowed it, which is used up by this."""
        return self._now_ms() < self._until.pop(owner, 0)


class OAuthFlows:
    """Leads sessions of the OAuth 2.0 API to the account page; all others prove who they are as `others` says."""

    def __init__(self, others: FlowsOf, *, sessions: Sessions, account_url: str) -> None:
        self._others = others
        self._sessions = sessions
        self._account_url = account_url

    async def of(self, requester: Requester, *, account_action: str | None) -> Ways:
        """Return the ways."""
        if not await self._sessions.is_by_oauth(requester):
            return await self._others.of(requester, account_action=account_action)
        # spec: client-server-api#oauth-20-api
        if account_action != CROSS_SIGNING_RESET:
            raise Forbidden(f"Apps that sign in by OAuth 2.0 leave this to the account page: {self._account_url}")
        params = {"url": f"{self._account_url}?action={quote(account_action)}"}
        return Ways(flows=[[OAUTH], [OAUTH_BEFORE]], params={OAUTH: params, OAUTH_BEFORE: params})
