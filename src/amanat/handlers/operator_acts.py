"""The operator's book: who did what to which account, and why. A row is written in the unit of work of the act."""

import secrets
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from amanat.core.errors import InvalidParam
from amanat.db.tx import Tx
from amanat.store.accounts import USER
from amanat.store.operator_acts import (
    OLD_OPERATOR_ACTS,
    OPERATOR_ACTS,
    OPERATOR_ACTS_BEFORE,
    OPERATOR_ACTS_ON,
    REASONS_ON,
    OperatorActRow,
)
from amanat.store.store import Store

KEPT_MS: Final = 2 * 365 * 86_400_000
"""Long enough for a complaint and its appeal."""
MAX_REASON: Final = 500
PER_PAGE: Final = 100
SWEPT_PER_UNIT: Final = 100
FOREVER: Final = 2**62
"""Later than every act."""

Noting: TypeAlias = Callable[[Tx], None]
"""Writes an act down, in the unit of work that does it."""


class Act(StrEnum):
    """What an operator can do."""

    CREATE = "create"
    DEACTIVATE = "deactivate"
    SUSPEND = "suspend"
    UNSUSPEND = "unsuspend"
    LOCK = "lock"
    UNLOCK = "unlock"
    RESET_PIN = "reset_pin"
    CANCEL_PIN_RESET = "cancel_pin_reset"
    REGISTRATION_TOKEN = "registration_token"  # noqa: S105 - the name of an act
    ADMIT_PARTNER = "admit_partner"
    REVOKE_PARTNER = "revoke_partner"


class By(Struct, frozen=True):
    """Who acts, and why."""

    actor: str = "operator"
    reason: str = ""


OPERATOR: Final = By()
"""Whoever may open the admin socket."""


def unnoted(_tx: Tx) -> None:
    """Write nothing down: it is no operator who acts."""


class OperatorActs:
    """Keeps the book."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    def noting(self, by: By, act: Act, *, subject: str) -> Noting:
        """Return what writes an act down; raises InvalidParam."""
        if len(by.reason) > MAX_REASON or "\0" in by.reason:
            raise InvalidParam(f"A reason has at most {MAX_REASON} characters and no U+0000.")
        row = OperatorActRow(self._now_ms(), secrets.token_hex(8), by.actor, act, subject, by.reason)
        return lambda tx: tx.put(OPERATOR_ACTS, row)

    async def list(
        self, *, subject: str | None = None, before: tuple[int, str] = (FOREVER, "")
    ) -> list[OperatorActRow]:
        """Return a page of acts, the newest first."""
        ts, act_id = before
        if subject is None:
            return await self._store.all(OPERATOR_ACTS_BEFORE, ts=ts, act_id=act_id, max_rows=PER_PAGE)
        return await self._store.all(OPERATOR_ACTS_ON, subject=subject, ts=ts, act_id=act_id, max_rows=PER_PAGE)

    async def forget_reasons(self, user_id: str) -> None:
        """Forget what was written about somebody who was erased; that there was an act stays."""
        user = await self._store.first(USER, user_id=user_id)
        if user is None or not user.erased:
            return
        while rows := await self._store.all(REASONS_ON, subject=user_id, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[OperatorActRow] = rows) -> None:
                for row in rows:
                    tx.put(OPERATOR_ACTS, replace(row, reason=""))

            await self._store.write(run)

    async def sweep(self) -> None:
        """Delete what is kept no longer, some at a time."""
        since = self._now_ms() - KEPT_MS
        while old := await self._store.all(OLD_OPERATOR_ACTS, since=since, max_rows=SWEPT_PER_UNIT):

            def run(tx: Tx, rows: Sequence[OperatorActRow] = old) -> None:
                for row in rows:
                    tx.delete(OPERATOR_ACTS, row.ts, row.act_id)

            await self._store.write(run)
