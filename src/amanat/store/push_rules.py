"""What people changed of the default push rules, and those rules ready for use, in memory."""

import msgspec
from msgspec import Struct

from amanat.core.push_evaluation import DEFAULT_RULESET, Ruleset, compile_rules
from amanat.core.push_rules import UserRules
from amanat.core.push_silence import LOUD, Silence, silence_of
from amanat.db.memory import Memory
from amanat.db.query import QueryFile, Reader
from amanat.db.table import Table

MAX_BYTES = 32 * 1024 * 1024
"""For the rules of 150,000 people who changed nothing, or of 3,000 with some twenty rules of their own."""
_PERSON_BYTES = 200
_BYTES_PER_BYTE_OF_JSON = 6


class PushRulesRow(Struct, frozen=True):
    """A person's difference from the default rules, as JSON."""

    user_id: str
    content: bytes
    position: int


class HeldRules(Struct, frozen=True):
    """A person's push rules: as they are edited, as events are judged by them, and what they silence."""

    rules: UserRules
    ruleset: Ruleset
    silence: Silence
    position: int


PUSH_RULES = Table("push_rules", PushRulesRow, key=1)

_sql = QueryFile("amanat.store", "push_rules")
PUSH_RULES_OF_USER = _sql.query("push_rules_of_user", PushRulesRow)

DEFAULT_RULES = HeldRules(UserRules(), DEFAULT_RULESET, LOUD, 0)
"""What everybody has who changed nothing."""

_decode = msgspec.json.Decoder(UserRules).decode


def held_rules(row: PushRulesRow) -> HeldRules:
    """Make a row ready for use."""
    rules = _decode(row.content)
    return HeldRules(rules, compile_rules(rules), silence_of(rules), row.position)


def push_rules(reader: Reader) -> Memory[str, HeldRules]:
    """Make the memory of people's push rules."""

    async def load(user_id: str) -> HeldRules:
        row = await reader.first(PUSH_RULES_OF_USER, user_id=user_id)
        return DEFAULT_RULES if row is None else held_rules(row)

    return Memory("push_rules", load, size=_size_of, max_bytes=MAX_BYTES)


def _size_of(held: HeldRules) -> int:
    if held is DEFAULT_RULES:
        return _PERSON_BYTES
    return _PERSON_BYTES + _BYTES_PER_BYTE_OF_JSON * len(msgspec.json.encode(held.rules))
