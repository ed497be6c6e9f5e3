"""What an operator may set of this API. Telegram's own limits are the floor: no bot has to say less here."""

from typing import Final

from msgspec import Struct

from amanat.edge.rate_limit import Rate

DAY_MS: Final = 86_400_000


class Settings(Struct, frozen=True, kw_only=True):
    """`language`: what users are said to speak, in IETF's form; no app tells, and bots choose their words by it.

    `chat`, `overall`: how much a bot may say in one chat, and in all of them. Telegram's are about 1 and 30 a second.
    """

    language: str = "id"
    chat: Rate = Rate(per_second=1, burst=30)
    overall: Rate = Rate(per_second=30, burst=120)
    keeps_ms: int = DAY_MS
    poll_s: int = 50
