"""An app asks to be let in: what it asks is checked, and who lets it in gives it a code.

Spec: client-server-api#authorisation-code-flow. RFC 6749, 4.1; RFC 7636; RFC 9207.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from amanat.core.errors import Forbidden
from amanat.db.tx import Tx
from amanat.handlers.sessions import new_token
from amanat.product.accounts.oauth import redirects, scopes
from amanat.product.accounts.oauth.client_metadata import CODE
from amanat.product.accounts.oauth.clients import Client, Clients
from amanat.product.accounts.oauth.errors import OAuthError
from amanat.product.accounts.oauth.redirects import ResponseMode
from amanat.product.accounts.oauth.tables import CODES, OLD_CODES, CodeRow
from amanat.store.accounts import USERS
from amanat.store.store import Store

CODE_LIFETIME_MS: Final = 60_000
REPLAYS_NOTICED_MS: Final = 3_600_000
"""How long a code is kept after its minute, so that whoever uses it again is noticed."""
MAX_STATE: Final = 1024
SWEPT_PER_UNIT: Final = 100

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_STATE = re.compile(rf"[ -~]{{1,{MAX_STATE}}}")

Parameters = Mapping[str, Sequence[str]]


class Ask(Struct, frozen=True, kw_only=True):
    """What an app asks: good in every part."""

    client: Client
    redirect_uri: str
    response_mode: ResponseMode
    state: str | None
    scope: scopes.Scope
    challenge: str
    creates_account: bool


class WrongAsk(Exception):
    """An app asks wrongly, and would have to be told so at `return_url`, which is its own."""

    def __init__(self, error: OAuthError, *, client: Client, return_url: str) -> None:
        super().__init__(error.error)
        self.error = error
        self.client = client
        self.return_url = return_url


class Authorization:
    """Reads what apps ask, and gives out codes."""

    def __init__(self, store: Store, *, clients: Clients, issuer: str, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._clients = clients
        self._issuer = issuer
        self._now_ms = now_ms

    async def read(self, parameters: Parameters) -> Ask:
        """Check what an app asks; raises WrongAsk or, where nobody can be sent back, OAuthError."""
        client = await self._clients.get(_one(parameters, "client_id"))
        redirect_uri = _one(parameters, "redirect_uri") or ""
        if not client.metadata.has_redirect(redirect_uri):
            raise OAuthError("invalid_request", "The redirect_uri is not one that this app has registered.")
        mode = _mode(parameters)
        try:
            return _read(parameters, client=client, redirect_uri=redirect_uri, mode=mode)
        except OAuthError as error:
            told = {"error": error.code, "error_description": error.error}
            told |= _state(parameters) | {"iss": self._issuer}
            return_url = redirects.answer(redirect_uri, told, mode=mode)
            raise WrongAsk(error, client=client, return_url=return_url) from None

    async def allow(self, ask: Ask, user_id: str) -> str:
        """Let the app in; return the address that takes a code to it."""
        code, code_hash = new_token()
        row = CodeRow(
            code_hash=code_hash,
            client_id=ask.client.client_id,
            redirect_uri=ask.redirect_uri,
            challenge=ask.challenge,
            user_id=user_id,
            device_id=ask.scope.device_id,
            scope=ask.scope.text,
            expires_ts=self._now_ms() + CODE_LIFETIME_MS,
            family=None,
        )

        def run(tx: Tx) -> None:
            user = tx.get(USERS, user_id)
            if user is None or user.deactivated_ts is not None:
                raise Forbidden("There is no such account.")
            self._clients.use(tx, ask.client.client_id)
            tx.put(CODES, row)

        await self._store.write(run, needs=[(USERS, (user_id,)), *self._clients.needs(ask.client.client_id)])
        return self._answer(ask, {"code": code})

    def deny(self, ask: Ask) -> str:
        """Return the address that tells the app that it was refused."""
        return self._answer(ask, {"error": "access_denied", "error_description": "The person did not allow it."})

    def _answer(self, ask: Ask, told: dict[str, str]) -> str:
        state = {} if ask.state is None else {"state": ask.state}
        parameters = told | state | {"iss": self._issuer}
        return redirects.answer(ask.redirect_uri, parameters, mode=ask.response_mode)

    async def sweep(self) -> None:
        """Delete codes that nobody needs to recognise any more."""
        before = self._now_ms() - REPLAYS_NOTICED_MS
        while old := await self._store.all(OLD_CODES, before=before, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[CodeRow] = old) -> None:
                for row in rows:
                    tx.delete(CODES, row.code_hash)

            await self._store.write(run)


def _mode(parameters: Parameters) -> ResponseMode:
    """Return the mode that was asked for, or the one that holds where nothing was that we know."""
    return "fragment" if list(parameters.get("response_mode", ())) == ["fragment"] else "query"


def _state(parameters: Parameters) -> dict[str, str]:
    """Return what goes back to the app unchanged, so that it knows its own ask."""
    values = parameters.get("state", ())
    return {"state": values[0]} if len(values) == 1 and _STATE.fullmatch(values[0]) else {}


def _read(parameters: Parameters, *, client: Client, redirect_uri: str, mode: ResponseMode) -> Ask:
    if _one(parameters, "response_type") != "code":
        raise OAuthError("unsupported_response_type", "The response_type must be `code`.")
    if (_one(parameters, "response_mode") or mode) != mode:
        raise OAuthError("invalid_request", "The response_mode must be `query` or `fragment`.")
    if CODE not in client.metadata.grant_types:
        raise OAuthError("unauthorized_client", "This client has not registered for the authorization code grant.")
    challenge = _one(parameters, "code_challenge")
    # RFC 9700, 2.1.1: no other method, and never none, or who has stolen a code could use it.
    if _one(parameters, "code_challenge_method") != "S256" or challenge is None or not _CHALLENGE.fullmatch(challenge):
        raise OAuthError("invalid_request", "PKCE is needed, with the code_challenge_method `S256`.")
    state = _one(parameters, "state")
    if state is not None and not _state(parameters):
        raise OAuthError("invalid_request", f"The state has at most {MAX_STATE} printable ASCII characters.")
    prompts = (_one(parameters, "prompt") or "").split()
    if "none" in prompts:
        raise OAuthError("interaction_required", "Nobody is let in here without being asked.")
    for name in ("request", "request_uri"):
        if name in parameters:
            raise OAuthError(f"{name}_not_supported", f"The parameter {name} is not supported.")
    scope = scopes.read(_one(parameters, "scope"))
    if not client.metadata.may_ask_for(scope):
        raise OAuthError("invalid_scope", "This client has registered for the scope `openid` alone.")
    return Ask(
        client=client,
        redirect_uri=redirect_uri,
        response_mode=mode,
        state=state,
        scope=scope,
        challenge=challenge,
        creates_account="create" in prompts,
    )


def _one(parameters: Parameters, name: str) -> str | None:
    """Return a parameter, of which there may be one (RFC 6749, 3.1)."""
    values = parameters.get(name, ())
    if len(values) > 1:
        raise OAuthError("invalid_request", f"The parameter {name} is there more than once.")
    return values[0] if values else None
