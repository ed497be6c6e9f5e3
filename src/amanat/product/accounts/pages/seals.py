"""What a page tells the next one: sealed, so that nobody reads or changes it, and good for one browser's session alone.

The steps of signing up and in (a number, a code's name, a proof) travel in the address of the next page. So they
survive a reload, a second tab and a restart of the server, and no table holds them.
"""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import DecodeError, Struct, json

from amanat.core import base64url
from amanat.core.keyed_hash import subkey
from amanat.product.accounts.pages.browser_sessions import BrowserSession

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

T = TypeVar("T", bound=Struct)

_NONCE_BYTES: Final = 12
_TIME_BYTES: Final = 8
_TAG_BYTES: Final = 16
STEP_MS: Final = 15 * 60_000
"""How long a step may take: a code lives for ten minutes, and then there is a name to think of."""


class Seals:
    """Seals and opens values of the kinds that steps are."""

    def __init__(self, *, secret: Callable[[], bytes], now_ms: Callable[[], int]) -> None:
        self._secret = secret
        self._now_ms = now_ms

    def seal(self, session: BrowserSession, value: Struct) -> str:
        """Return text that stands for `value` in the addresses and forms of this session."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        made = self._now_ms().to_bytes(_TIME_BYTES, "big")
        sealed = self._cipher().encrypt(nonce, made + json.encode(value), _bound(session, type(value)))
        return base64url.encode(nonce + sealed)

    def open(self, session: BrowserSession, sealed: str | None, *, kind: type[T]) -> T | None:
        """Return what was sealed as one `kind`; None if it is not of this session, not of this kind, or too old."""
        # Imported when the first page needs it.
        from cryptography.exceptions import InvalidTag

        try:
            raw = base64url.decode(sealed or "")
        except ValueError:
            return None
        if len(raw) < _NONCE_BYTES + _TIME_BYTES + _TAG_BYTES:
            return None
        try:
            opened = self._cipher().decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], _bound(session, kind))
            value = json.decode(opened[_TIME_BYTES:], type=kind)
        except (InvalidTag, DecodeError):
            return None
        made = int.from_bytes(opened[:_TIME_BYTES], "big")
        return value if made <= self._now_ms() < made + STEP_MS else None

    def _cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(subkey(self._secret(), "page step"))


def _bound(session: BrowserSession, kind: type[Struct]) -> bytes:
    return session.key + kind.__qualname__.encode()
