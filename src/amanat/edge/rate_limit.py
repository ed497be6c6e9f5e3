"""How often an account and an address may ask: one table of rates, and buckets that never outgrow their ceiling."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from math import ceil

from msgspec import Struct
from prometheus_client import Gauge

from amanat.core.errors import LimitExceeded

BUCKETS = Gauge("amanat_edge_rate_limit_entries", "Buckets kept in memory.", ["limiter", "kind"])


class Rate(Struct, frozen=True, kw_only=True):
    """A bucket of `burst` requests that fills by `per_second`."""

    per_second: float
    burst: float


class Limit(Struct, frozen=True, kw_only=True):
    """A row of the table: the rates of one route class. None is no limit."""

    account: Rate | None = None
    address: Rate | None = None


class _Buckets:
    """A bucket is one number: the moment at which it will be full again. The longest unused is dropped first."""

    def __init__(self, ceiling: int) -> None:
        self._full_at: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._ceiling = ceiling

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, key: tuple[str, str], rate: Rate, *, now: float, times: int = 1) -> None:
        full_at = max(self._full_at.get(key, now), now) + times / rate.per_second
        late = full_at - now - max(rate.burst, times) / rate.per_second
        if late > 1e-9:  # Sums of floats: a bucket that is empty to the last bit is not over its limit.
            raise LimitExceeded(retry_after_ms=ceil(late * 1000))
        self._full_at[key] = full_at
        self._full_at.move_to_end(key)
        if len(self._full_at) > self._ceiling:
            self._full_at.popitem(last=False)


class RateLimiter:
    """Refuses with `LimitExceeded` what is over the table's rates. A refused request takes nothing from its bucket."""

    def __init__(
        self,
        table: Mapping[str, Limit],
        *,
        now: Callable[[], float],
        ceiling: int = 100_000,
        counted_as: str | None = None,
    ) -> None:
        """Let `now` be a monotonic clock in seconds. `ceiling` buckets, at about 250 bytes, of each kind are kept.

        How many there are is a metric where it is `counted_as` something.
        """
        self._table = dict(table)
        self._now = now
        self._accounts = _Buckets(ceiling)
        self._addresses = _Buckets(ceiling)
        if counted_as is not None:
            BUCKETS.labels(counted_as, "account").set_function(self._accounts.__len__)
            BUCKETS.labels(counted_as, "address").set_function(self._addresses.__len__)

    @property
    def classes(self) -> frozenset[str]:
        """The route classes that the table has a row for."""
        return frozenset(self._table)

    @property
    def buckets(self) -> int:
        """How many buckets are held."""
        return len(self._accounts) + len(self._addresses)

    def check_address(self, route_class: str, address_block: str) -> None:
        """Count one request of an address block, before it is known whose it is."""
        rate = self._table[route_class].address
        if rate is not None:
            self._addresses.take((route_class, address_block), rate, now=self._now())

    def check_account(self, route_class: str, account: str, *, times: int = 1) -> None:
        """Count a request of an account, worth so many; more than a bucket holds are let through by a full one."""
        rate = self._table[route_class].account
        if rate is not None:
            self._accounts.take((route_class, account), rate, now=self._now(), times=times)
