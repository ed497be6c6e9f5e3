"""Push rules in memory follow what is on disk."""

from msgspec import json

from amanat.core.push_rules import NewRule, UserRules, put
from amanat.core.push_silence import Volume
from amanat.db.tx import Tx
from amanat.store.push_rules import DEFAULT_RULES, PUSH_RULES, PushRulesRow
from amanat.store.store import Store

BOB, ROOM = "@bob:localhost", "!room:localhost"


async def test_who_changed_nothing_shares_the_default_rules(store: Store) -> None:
    assert await store.push_rules.get(BOB) is DEFAULT_RULES


async def test_what_is_changed_is_read_anew(store: Store) -> None:
    await store.push_rules.get(BOB)
    rules = put(UserRules(), NewRule(actions=[]), kind="room", rule_id=ROOM)

    def run(tx: Tx) -> None:
        tx.put(PUSH_RULES, PushRulesRow(BOB, json.encode(rules), 7))
        tx.stage(store.push_rules, BOB, None)

    await store.write(run)

    held = await store.push_rules.get(BOB)
    assert held is not None
    assert (held.rules, held.position) == (rules, 7)
    assert held.silence.of(ROOM) is Volume.MENTIONS
