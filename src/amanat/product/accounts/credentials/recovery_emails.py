"""An address for notices: it hears what happens to the account, and never opens it.

Addresses lie sealed in the table. One that is replaced or removed is told so before it is forgotten.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import Forbidden, InvalidParam, LimitExceeded
from amanat.core.keyed_hash import keyed_hash, subkey
from amanat.core.sealing import NONCE_BYTES, seal, unseal
from amanat.db.tx import Tx
from amanat.outbound.email import Mail, MailFailed
from amanat.product.accounts.credentials.errors import MailNotSent, WrongEmailCode
from amanat.product.accounts.credentials.letters import Language, code_letter, notice_letter
from amanat.product.accounts.credentials.notices import Kind, Notices
from amanat.product.accounts.credentials.tables import (
    RECOVERY_EMAIL,
    RECOVERY_EMAILS,
    UNCONFIRMED_EMAILS,
    RecoveryEmailRow,
)
from amanat.store.store import Store

CODE_MS: Final = 30 * 60_000
GUESSES: Final = 5
LETTERS_A_DAY: Final = 5
"""Codes that one account may have sent: nobody's mailbox is filled by somebody else."""
DAY_MS: Final = 86_400_000
STALE_MS: Final = 3 * DAY_MS
"""A notice that could not be mailed for so long is mailed no more."""
PER_SWEEP: Final = 100
MAX_ADDRESS: Final = 254
"""Spec: RFC 5321, section 4.5.3.1.3."""

_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")


class MailMeans(Struct, frozen=True, kw_only=True):
    """How letters are sent, if they can be, and what is said of where they come from."""

    mail: Mail | None
    server: str


class RecoveryEmails:
    """Keeps addresses, confirms them by a code, and mails notices to them."""

    def __init__(
        self,
        store: Store,
        *,
        means: MailMeans,
        notices: Notices,
        secret: Callable[[], bytes],
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._means = means
        self._notices = notices
        self._secret = secret
        self._now_ms = now_ms

    @property
    def available(self) -> bool:
        """Whether this server sends mail."""
        return self._means.mail is not None

    # Setting an address

    async def set(self, user_id: str, address: str, *, language: Language) -> None:
        """Send a code to an address that an account's notices shall go to; raises MailNotSent."""
        mail = self._mail()
        if len(address) > MAX_ADDRESS or _ADDRESS.fullmatch(address) is None:
            raise InvalidParam("This is no e-mail address.")
        code = f"{secrets.randbelow(1_000_000):06}"
        pending, code_hash, now = self._seal(user_id, address), self._hash(user_id, code), self._now_ms()

        def run(tx: Tx) -> None:
            row = tx.get(RECOVERY_EMAILS, user_id) or RecoveryEmailRow(
                user_id, None, None, None, language, None, 0, 0, now, 0, now
            )
            if now >= row.day_began_ts + DAY_MS:
                row = replace(row, day_began_ts=now, day_sent=0)
            if row.day_sent >= LETTERS_A_DAY:
                raise LimitExceeded("Too many codes were mailed today.", retry_after_ms=row.day_began_ts + DAY_MS - now)
            sent = replace(row, pending=pending, language=language, day_sent=row.day_sent + 1)
            tx.put(RECOVERY_EMAILS, replace(sent, code_hash=code_hash, code_expires_ts=now + CODE_MS, guesses=0))

        await self._store.write(run, needs=[(RECOVERY_EMAILS, (user_id,))])
        try:
            await mail.send(code_letter(address, code, language=language, server=self._means.server))
        except MailFailed as failure:
            raise MailNotSent from failure

    async def confirm(self, user_id: str, code: str) -> None:
        """Take the address that the code was sent to; raises WrongEmailCode."""
        code_hash, now = self._hash(user_id, code), self._now_ms()

        def run(tx: Tx) -> bool:
            row = tx.get(RECOVERY_EMAILS, user_id)
            if row is None or row.code_hash is None or row.guesses >= GUESSES or now >= row.code_expires_ts:
                return False
            if not hmac.compare_digest(row.code_hash, code_hash):
                tx.put(RECOVERY_EMAILS, replace(row, guesses=row.guesses + 1))
                return False
            taken = replace(row, address=row.pending, pending=None, previous=row.address, code_hash=None)
            tx.put(RECOVERY_EMAILS, replace(taken, told_ts=row.told_ts if row.address else now - 1))
            self._notices.add(tx, user_id, kind=Kind.EMAIL_CHANGED)
            return True

        if not await self._store.write(run, needs=self._notices.needs(user_id)):
            raise WrongEmailCode

    async def remove(self, user_id: str) -> None:
        """Mail no more notices, but for one that says so."""

        def run(tx: Tx) -> None:
            row = tx.get(RECOVERY_EMAILS, user_id)
            if row is None or (row.address is None and row.pending is None):
                return
            # The row stays, and what it counts: else whoever removes an address could have as many mailed as they like.
            gone = replace(row, address=None, pending=None, previous=row.address or row.previous, code_hash=None)
            tx.put(RECOVERY_EMAILS, gone)
            self._notices.add(tx, user_id, kind=Kind.EMAIL_REMOVED)

        await self._store.write(run, needs=self._notices.needs(user_id))

    async def address(self, user_id: str) -> str | None:
        """Return the address that notices go to, for its owner alone."""
        row = await self._store.first(RECOVERY_EMAIL, user_id=user_id)
        return None if row is None or row.address is None else self._unseal(user_id, row.address)

    async def masked(self, user_id: str) -> str | None:
        """Return the address as its owner knows it again and nobody else learns it: `a•••@e•••.org`."""
        address = await self.address(user_id)
        if address is None:
            return None
        local, _, domain = address.rpartition("@")
        return f"{local[0]}•••@{domain[0]}•••.{domain.rpartition('.')[2]}"

    # Mailing

    async def mail_notices(self, user_id: str) -> None:
        """Mail what has not been mailed yet; a worker of jobs. Raises `MailFailed`, and is tried again."""
        row = await self._store.first(RECOVERY_EMAIL, user_id=user_id)
        if row is None:
            return
        if row.previous is not None:
            await self._send(row, row.previous, [Kind.EMAIL_CHANGED, Kind.EMAIL_REMOVED])
            await self._told(user_id, told_ts=row.told_ts, previous=row.previous)
        if row.address is not None:
            await self._send(row, row.address, list(Kind))
            told = [notice.ts for notice in await self._notices.list(user_id)]
            await self._told(user_id, told_ts=max([row.told_ts, *told]), previous=None)

    async def _send(self, row: RecoveryEmailRow, sealed: bytes, kinds: Sequence[Kind]) -> None:
        address = self._unseal(row.user_id, sealed)
        since = max(row.told_ts, self._now_ms() - STALE_MS)
        news = [
            notice for notice in await self._notices.list(row.user_id) if notice.ts > since and notice.kind in kinds
        ]
        if self._means.mail is not None and address is not None and news:
            language: Language = "en" if row.language == "en" else "id"
            await self._means.mail.send(notice_letter(address, news, language=language, server=self._means.server))

    async def _told(self, user_id: str, *, told_ts: int, previous: bytes | None) -> None:
        def run(tx: Tx) -> None:
            row = tx.get(RECOVERY_EMAILS, user_id)
            if row is None:
                return
            left = None if row.previous == previous else row.previous
            tx.put(RECOVERY_EMAILS, replace(row, previous=left, told_ts=max(told_ts, row.told_ts)))

        await self._store.write(run, needs=[(RECOVERY_EMAILS, (user_id,))])

    async def sweep(self) -> None:
        """Forget addresses that nobody has confirmed: they may be somebody else's."""
        now = self._now_ms()
        for found in await self._store.all(UNCONFIRMED_EMAILS, now=now, max_rows=PER_SWEEP):
            await self._forget_pending(found.user_id, now=now)

    async def _forget_pending(self, user_id: str, *, now: int) -> None:
        def run(tx: Tx) -> None:
            row = tx.get(RECOVERY_EMAILS, user_id)
            if row is not None and row.code_expires_ts <= now:
                tx.put(RECOVERY_EMAILS, replace(row, pending=None, code_hash=None))

        await self._store.write(run, needs=[(RECOVERY_EMAILS, (user_id,))])

    def _mail(self) -> Mail:
        if self._means.mail is None:
            raise Forbidden("This server sends no mail.")
        return self._means.mail

    # What is stored

    def _hash(self, user_id: str, code: str) -> bytes:
        return keyed_hash(subkey(self._secret(), "email-code"), user_id, code)

    def _seal(self, user_id: str, address: str) -> bytes:
        return seal(self._key(), address, about=user_id, nonce=secrets.token_bytes(NONCE_BYTES))

    def _unseal(self, user_id: str, sealed: bytes) -> str | None:
        return unseal(self._key(), sealed, about=user_id)

    def _key(self) -> bytes:
        return subkey(self._secret(), "email-address")
