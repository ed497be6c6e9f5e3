"""Who somebody is, for apps that ask for nothing else: the scope `openid`.

Such a token is good for one question and allows nothing: it makes no device, and there is nothing to renew it with. It
is kept in memory, as its hash: after a restart the app sends its people once more.
"""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct, json

from amanat.handlers.sessions import hash_of, new_token
from amanat.product.accounts.oauth.errors import InvalidToken
from amanat.store.accounts import USER
from amanat.store.profile import PROFILE
from amanat.store.store import Store

LIFETIME_MS: Final = 5 * 60_000
MAX_TOKENS: Final = 10_000
"""At some 300 bytes; the oldest gives way."""
_NAME: Final = "displayname"


class _Held(Struct, frozen=True):
    user_id: str
    code_hash: bytes
    until_ms: int


class Identities:
    """Gives out such tokens and answers for them."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms
        self._held: dict[bytes, _Held] = {}

    def give(self, user_id: str, *, code_hash: bytes) -> str:
        """Return a token for a code that has just been used up."""
        token, token_hash = new_token()
        self._held[token_hash] = _Held(user_id, code_hash, self._now_ms() + LIFETIME_MS)
        while len(self._held) > MAX_TOKENS:
            del self._held[next(iter(self._held))]
        return token

    async def userinfo(self, token: str) -> dict[str, Any]:
        """Return `sub`, the user id, and `name` where they have one; raises `InvalidToken`."""
        held = self._held.get(hash_of(token))
        if held is None or held.until_ms <= self._now_ms():
            raise InvalidToken
        user = await self._store.first(USER, user_id=held.user_id)
        if user is None or user.deactivated_ts is not None or user.locked_ts is not None:
            raise InvalidToken
        rows = await self._store.all(PROFILE, user_id=held.user_id)
        name = next((json.decode(row.value) for row in rows if row.field == _NAME), None)
        return {"sub": held.user_id, "name": name} if name else {"sub": held.user_id}

    def end(self, token: str) -> None:
        """Answer for a token no more."""
        self._held.pop(hash_of(token), None)

    def end_of_code(self, code_hash: bytes) -> None:
        """Answer no more for what a code gave that was used twice."""
        for token_hash in [each for each, held in self._held.items() if held.code_hash == code_hash]:
            del self._held[token_hash]

    async def sweep(self) -> None:
        """Forget tokens whose time is over."""
        now_ms = self._now_ms()
        self._held = {each: held for each, held in self._held.items() if held.until_ms > now_ms}
