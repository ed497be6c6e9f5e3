"""How much a bot may say, and when it may say more."""

import pytest

from amanat.edge.rate_limit import Rate
from amanat.gateway.telegram_bot_api.errors import TooManyRequests
from amanat.gateway.telegram_bot_api.flood import Flood
from amanat.gateway.telegram_bot_api.settings import Settings


def test_a_chat_and_all_chats_have_their_limits() -> None:
    clock = [100.0]
    settings = Settings(chat=Rate(per_second=0.5, burst=2), overall=Rate(per_second=1, burst=3))
    flood = Flood(settings, now=lambda: clock[0])
    flood.count(7, 1)
    flood.count(7, 1)
    with pytest.raises(TooManyRequests) as refused:
        flood.count(7, 1)
    assert refused.value.retry_after == 2
    flood.count(7, 2)
    with pytest.raises(TooManyRequests) as refused:
        flood.count(7, 3)
    assert refused.value.retry_after == 1
    flood.count(8, 3)
    clock[0] += 2
    flood.count(7, 1)
