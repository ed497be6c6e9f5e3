"""What lets a bot's program in: tokens, of which a file beside the bot's data keeps only hashes.

A file and no table: `amanat bot token` changes it while the gateway runs. What is revoked counts from the next call.
"""

import hashlib
import secrets
from hmac import compare_digest
from pathlib import Path
from typing import Final

from msgspec import Struct, json
from msgspec.structs import replace

from amanat.db.files import write_durably

FILE: Final = "tokens.json"
MAX_TOKENS: Final = 20
MAX_LABEL: Final = 64


class TooManyTokens(Exception):
    """A bot has as many tokens as it may have."""


class Token(Struct, frozen=True, kw_only=True):
    """A token, of which only its hash is known. Times in ms; `expires_ts`: None for never."""

    label: str
    digest: str
    made_ts: int
    expires_ts: int | None = None
    revoked_ts: int | None = None

    def holds(self, now_ms: int) -> bool:
        """Whether it lets anybody in."""
        return self.revoked_ts is None and (self.expires_ts is None or now_ms < self.expires_ts)


class Tokens:
    """The tokens of one bot, looked up anew when their file has changed."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        self._seen: tuple[int, int] | None = None
        self._tokens: list[Token] = []

    def all(self) -> list[Token]:
        """Return every token, revoked ones too."""
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return []
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            self._tokens = json.decode(self._file.read_bytes(), type=list[Token])
            self._seen = seen
        return self._tokens

    def lets_in(self, token: str, *, now_ms: int) -> bool:
        """Whether a token is the bot's and holds."""
        digest = digest_of(token)
        return any(compare_digest(each.digest, digest) and each.holds(now_ms) for each in self.all())

    def add(self, token: str, *, label: str, now_ms: int, expires_ts: int | None = None) -> None:
        """Take a token in; raises `TooManyTokens`."""
        held = [each for each in self.all() if each.revoked_ts is None]
        if len(held) >= MAX_TOKENS:
            raise TooManyTokens(f"A bot has at most {MAX_TOKENS} tokens: revoke one first.")
        made = Token(label=label[:MAX_LABEL], digest=digest_of(token), made_ts=now_ms, expires_ts=expires_ts)
        self._keep([*self.all(), made])

    def revoke(self, label: str, *, now_ms: int) -> bool:
        """Let nobody in any more by the tokens of this label; whether there were any that held."""
        before = self.all()
        after = [
            replace(each, revoked_ts=now_ms) if each.label == label and each.revoked_ts is None else each
            for each in before
        ]
        if after == before:
            return False
        self._keep(after)
        return True

    def _keep(self, tokens: list[Token]) -> None:
        # The revoked go after those that hold, and the oldest of them are forgotten.
        held = [each for each in tokens if each.revoked_ts is None]
        gone = [each for each in tokens if each.revoked_ts is not None][-MAX_TOKENS:]
        write_durably(self._file, json.encode([*held, *gone]), mode=0o600)


def make_secret() -> str:
    """Return the part of a token that nobody can guess: 35 characters, as many as Telegram's have."""
    return secrets.token_urlsafe(26)[:35]


def digest_of(token: str) -> str:
    """Return what is kept of a token. It is random, so that its plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
