"""The keys under which numbers and codes are stored: a stolen database alone opens none of it."""

import secrets
from collections.abc import Callable
from functools import cached_property

from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.core.sealing import NONCE_BYTES, seal, unseal


class PhoneKeys:
    """Hashes and seals under keys of the server's secret, which is first asked for when one is needed."""

    def __init__(self, secret: Callable[[], bytes]) -> None:
        self._secret = secret

    def number_hash(self, e164: str) -> bytes:
        """Return what a number is looked up by."""
        return keyed_hash(self._number, e164)

    def code_hash(self, challenge_id: str, code: str) -> bytes:
        """Return what a code is stored as; the same digits of another challenge are stored as something else."""
        return keyed_hash(self._code, challenge_id, code)

    def subject(self, scope: str, name: str) -> bytes:
        """Return what an address block, a prefix or a country is counted as."""
        return keyed_hash(self._count, scope, name)

    def seal(self, e164: str, *, about: str) -> bytes:
        """Seal a number; `about` says which row it stands in."""
        return seal(self._seal, e164, about=about, nonce=secrets.token_bytes(NONCE_BYTES))

    def unseal(self, sealed: bytes, *, about: str) -> str | None:
        """Return the number that was sealed in this row."""
        return unseal(self._seal, sealed, about=about)

    @cached_property
    def work(self) -> bytes:
        """The key that challenges are signed with."""
        return self._of("work")

    @cached_property
    def _number(self) -> bytes:
        return self._of("number")

    @cached_property
    def _code(self) -> bytes:
        return self._of("code")

    @cached_property
    def _count(self) -> bytes:
        return self._of("count")

    @cached_property
    def _seal(self) -> bytes:
        return self._of("seal")

    def _of(self, purpose: str) -> bytes:
        return subkey(self._secret(), f"phone/{purpose}")
