from amanat.edge.rate_limit import Rate
from amanat.gateway.bots.api import Me
from amanat.gateway.cloud_api.settings import Rates, Settings, default_settings, window_until_ms


def test_the_window() -> None:
    assert default_settings(Me(number=1, username="b", name="B")) == Settings(window="24h", stand_in_numbers=False)
    assert window_until_ms("24h", 1_000) == 86_401_000
    assert window_until_ms("7d", 1_000) == 604_801_000
    assert window_until_ms("off", 1_000) is None


def test_rates_are_rows_of_a_limiter() -> None:
    table = Rates(pair=Rate(per_second=2, burst=3)).table()
    assert (table["pair"].account, table["throughput"].address) == (Rate(per_second=2, burst=3), None)
