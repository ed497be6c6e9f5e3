"""What lets a bot's program in: tokens, of which a file beside the bot's data keeps only hashes.

A file and no table: `amanat bot token` changes it while the gateway runs. What is revoked counts from the next call.
When a token was used last is kept in another file, which the gateway alone writes, at most once a minute.
"""

import asyncio
import hashlib
import secrets
from hmac import compare_digest
from pathlib import Path
from typing import Final

from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from amanat.db.files import alone_in, write_durably
from amanat.gateway.bots.scopes import SCOPES, Scope
from amanat.gateway.signals import Signal

FILE: Final = "tokens.json"
USES: Final = "token_uses.json"
MAX_TOKENS: Final = 20
MAX_LABEL: Final = 64
NOTE_EVERY_S: Final = 60.0
DAY_MS: Final = 86_400_000


class TooManyTokens(Exception):
    """A bot has as many tokens as it may have."""


class Token(Struct, frozen=True, kw_only=True):
    """A token, of which only its hash is known. Times in ms; `expires_ts`: None for never."""

    label: str
    digest: str
    made_ts: int
    expires_ts: int | None = None
    revoked_ts: int | None = None
    scopes: tuple[Scope, ...] = SCOPES

    def holds(self, now_ms: int) -> bool:
        """Whether it lets anybody in."""
        ended = self.ended_ts
        return ended is None or (self.revoked_ts is None and now_ms < ended)

    @property
    def ended_ts(self) -> int | None:
        """When it ended, or will; None for never."""
        ends = [each for each in (self.revoked_ts, self.expires_ts) if each is not None]
        return min(ends) if ends else None


class Tokens:
    """The tokens of one bot, looked up anew when their file has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
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

    def find(self, token: str, *, now_ms: int) -> Token | None:
        """Return a token of the bot's that holds."""
        digest = digest_of(token)
        return next((each for each in self.all() if compare_digest(each.digest, digest) and each.holds(now_ms)), None)

    def add(
        self,
        token: str,
        *,
        label: str,
        now_ms: int,
        expires_ts: int | None = None,
        scopes: tuple[Scope, ...] = SCOPES,
    ) -> Token:
        """Take a token in; raises `TooManyTokens`."""
        made = Token(
            label=label[:MAX_LABEL], digest=digest_of(token), made_ts=now_ms, expires_ts=expires_ts, scopes=scopes
        )
        with alone_in(self._folder):
            before = self.all()
            if sum(each.holds(now_ms) for each in before) >= MAX_TOKENS:
                raise TooManyTokens(f"A bot has at most {MAX_TOKENS} tokens: revoke one first.")
            self._keep([*before, made], now_ms=now_ms)
        return made

    def revoke(self, label: str, *, now_ms: int) -> bool:
        """Let nobody in any more by the tokens of this label; whether there were any that held."""
        with alone_in(self._folder):
            before = self.all()
            after = [
                replace(each, revoked_ts=now_ms) if each.label == label and each.holds(now_ms) else each
                for each in before
            ]
            if after == before:
                return False
            self._keep(after, now_ms=now_ms)
        return True

    def _keep(self, tokens: list[Token], *, now_ms: int) -> None:
        # Those that let nobody in any more go after those that hold, and the oldest of them are forgotten.
        held = [each for each in tokens if each.holds(now_ms)]
        gone = sorted((each for each in tokens if not each.holds(now_ms)), key=lambda each: each.ended_ts or 0)
        write_durably(self._file, json.encode([*held, *gone[-MAX_TOKENS:]]), mode=0o600)


class TokenUses:
    """When each token was used last. A killed gateway forgets a minute of it. In memory: one time for each that was."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / USES
        self._used: dict[str, int] = {}
        self._kept: dict[str, int] = self.all()
        self._noted = Signal()

    def all(self) -> dict[str, int]:
        """Return when each was used last, by its hash, in ms; of one that was never used, nothing."""
        try:
            kept = json.decode(self._file.read_bytes(), type=dict[str, int])
        except (FileNotFoundError, DecodeError):  # it is no loss that anybody has to be told of
            kept = {}
        return kept | self._used

    def note(self, token: Token, *, now_ms: int) -> bool:
        """Note that one was used; whether that is the first time on this day, as far as is remembered."""
        before, self._used[token.digest] = self._used.get(token.digest, -1), now_ms
        self._noted.set()
        return before // DAY_MS != now_ms // DAY_MS

    def keep(self, tokens: list[Token]) -> None:
        """Write down what was noted, of tokens that there still are; nothing where nothing was."""
        known = {each.digest for each in tokens}
        used = {digest: ts for digest, ts in self.all().items() if digest in known}
        if used != self._kept:
            write_durably(self._file, json.encode(used), mode=0o600)
            self._kept = used

    async def work(self, tokens: Tokens) -> None:
        """Write it down a while after one was used, and once more when it is over."""
        try:
            while True:
                await self._noted.wait()
                await asyncio.sleep(NOTE_EVERY_S)
                self._noted.clear()
                # The disk is waited for elsewhere: programs are answered meanwhile.
                await asyncio.to_thread(self.keep, tokens.all())
        finally:
            self.keep(tokens.all())


def make_secret() -> str:
    """Return the part of a token that nobody can guess: 35 characters, as many as Telegram's have."""
    return secrets.token_urlsafe(26)[:35]


def digest_of(token: str) -> str:
    """Return what is kept of a token. It is random, so that its plain hash gives nothing away."""
    return hashlib.sha256(token.encode()).hexdigest()
