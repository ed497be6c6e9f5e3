"""What the operator of a gateway decides for a bot of the Cloud API."""

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from amanat.edge.rate_limit import Limit, Rate
from amanat.gateway.bots.api import Me

Window: TypeAlias = Literal["24h", "7d", "off"]

WINDOWS_MS: Final[dict[Window, int | None]] = {"24h": 24 * 3_600_000, "7d": 7 * 24 * 3_600_000, "off": None}


OFFERS_A_DAY: Final = 2
"""Meta has such a bound for each person, and does not say what it is."""


class Settings(Struct, frozen=True, kw_only=True):
    """One bot's.

    `window`: how long after what somebody said the bot may write what it likes. `stand_in_numbers`: people who shared
    no number are told to the bot by one of nobody's, for libraries that know no other id. `app`: where people open the
    app of the bot's homeserver; empty where there is none. `offers_a_day`: as many templates of `MARKETING` go to a
    person in 24 hours who writes nothing in between.
    """

    window: Window = "24h"
    stand_in_numbers: bool = False
    app: str = ""
    offers_a_day: int = OFFERS_A_DAY


Decide: TypeAlias = Callable[[Me], Settings]


class Rates(Struct, frozen=True, kw_only=True):
    """How often bots may send: each in all, and each to one person.

    Meta's are 80 a second in all, and one in 6 seconds to one person.
    """

    throughput: Rate = Rate(per_second=80, burst=400)
    pair: Rate = Rate(per_second=1, burst=60)

    def table(self) -> dict[str, Limit]:
        """Return them for a `RateLimiter`."""
        return {"throughput": Limit(account=self.throughput), "pair": Limit(account=self.pair)}


def default_settings(_me: Me) -> Settings:
    """Decide as Meta does."""
    return Settings()


def window_until_ms(window: Window, heard_ms: int) -> int | None:
    """Return until when the bot may write what it likes; None for ever."""
    lasts = WINDOWS_MS[window]
    return None if lasts is None else heard_ms + lasts
