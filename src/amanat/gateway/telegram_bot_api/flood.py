"""How much a bot may say, in one chat and in all. Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits."""

from collections.abc import Callable
from math import ceil
from typing import Final

from amanat.core.errors import LimitExceeded
from amanat.edge.rate_limit import Limit, RateLimiter
from amanat.gateway.telegram_bot_api.errors import TooManyRequests
from amanat.gateway.telegram_bot_api.settings import Settings

_CHAT: Final = "chat"
_OVERALL: Final = "overall"


class Flood:
    """Counts what bots say."""

    def __init__(self, settings: Settings, *, now: Callable[[], float]) -> None:
        """Let `now` be a monotonic clock in seconds."""
        limits = {_CHAT: Limit(account=settings.chat), _OVERALL: Limit(account=settings.overall)}
        self._limiter = RateLimiter(limits, now=now)

    def count(self, bot: int, chat: int, *, times: int = 1) -> None:
        """Count what a bot says in a chat at once; raises `TooManyRequests` with when it may say it."""
        try:
            self._limiter.check_account(_CHAT, f"{bot} {chat}", times=times)
            self._limiter.check_account(_OVERALL, str(bot), times=times)
        except LimitExceeded as error:
            raise TooManyRequests(retry_after=ceil(error.fields["retry_after_ms"] / 1000)) from None
