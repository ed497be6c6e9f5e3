"""A person's push rules: kept as their difference from the default ones. Spec: client-server-api#push-rules."""

from collections.abc import Callable
from typing import Any

import msgspec

from amanat.core.errors import ResourceLimitExceeded
from amanat.core.push_rules import Placed, UserRules, find, rule_json, ruleset_json
from amanat.core.requester import Requester
from amanat.db.tx import Tx
from amanat.notifier.local import LocalNotifier
from amanat.store.push_rules import DEFAULT_RULES, PUSH_RULES, HeldRules, PushRulesRow
from amanat.store.store import Store
from amanat.store.streams import USER_STREAM

MAX_BYTES = 512 * 1024
"""All of a person's rules; each initial sync carries them."""

_decode = msgspec.json.Decoder(UserRules).decode


class PushRules:
    """Keeps push rules and tells a person's other devices."""

    def __init__(self, store: Store, *, notifier: LocalNotifier) -> None:
        self._store = store
        self._notifier = notifier

    async def of(self, user_id: str) -> HeldRules:
        """Return a person's rules."""
        return await self._store.push_rules.get(user_id) or DEFAULT_RULES

    async def content(self, requester: Requester) -> dict[str, Any]:
        """Return the content of `m.push_rules`."""
        held = await self.of(requester.user_id)
        return ruleset_json(held.rules, user_id=requester.user_id)

    async def rule(self, requester: Requester, *, kind: str, rule_id: str) -> dict[str, Any]:
        """Return one rule; raises NotFound."""
        return rule_json(await self._find(requester, kind, rule_id), user_id=requester.user_id)

    async def _find(self, requester: Requester, kind: str, rule_id: str) -> Placed:
        return find((await self.of(requester.user_id)).rules, kind=kind, rule_id=rule_id)

    async def change(self, requester: Requester, edit: Callable[[UserRules], UserRules]) -> None:
        """Change a person's rules by a function of `core.push_rules`; what changes nothing is told to nobody."""
        user_id = requester.user_id

        def run(tx: Tx) -> None:
            row = tx.get(PUSH_RULES, user_id)
            before = UserRules() if row is None else _decode(row.content)
            after = edit(before)
            if after == before:
                return
            content = msgspec.json.encode(after)
            if len(content) > MAX_BYTES:
                raise ResourceLimitExceeded(f"Your push rules have {MAX_BYTES} bytes together; delete one.")
            position = tx.next(USER_STREAM)
            tx.put(PUSH_RULES, PushRulesRow(user_id, content, position))
            # Compiling a thousand rules takes longer than a unit may: whoever asks next does it.
            tx.stage(self._store.push_rules, user_id, None)
            tx.after_commit(lambda: self._notifier.user_changed(user_id, position))

        await self._store.write(run, needs=[(PUSH_RULES, (user_id,))])

    async def forget_all(self, user_id: str) -> None:
        """Delete a person's rules: their account has ended."""

        def run(tx: Tx) -> None:
            tx.delete(PUSH_RULES, user_id)
            tx.stage(self._store.push_rules, user_id, None)

        await self._store.write(run)
