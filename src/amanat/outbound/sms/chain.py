"""Several ways to send a text, tried in order, and a purse that says stop."""

from collections.abc import Mapping
from typing import Protocol

import structlog
from prometheus_client import Counter

from amanat.outbound.sms.sms import Delivery, Sms, SmsFailed

log = structlog.get_logger()

MESSAGES = Counter("amanat_sms_messages_total", "Texts, by adapter and outcome.", ["adapter", "outcome"])


class CapReached(SmsFailed):
    """What may be spent on texts today has been spent."""

    def __init__(self) -> None:
        super().__init__("the cap of today is reached", maybe_sent=False)


class Purse(Protocol):
    """Counts what texts cost, so that it is still counted after a restart."""

    async def pay(self, adapter: str, price: int) -> None:
        """Take the price of one text; raises `CapReached` where it would be more than may be spent."""
        ...

    async def count_failure(self, adapter: str, *, refund: int) -> None:
        """Count a text that failed, and take back what it did not cost."""
        ...


class Chain:
    """Tries its adapters in their order. A text is paid for before it is sent, so that the cap is never passed."""

    def __init__(self, adapters: Mapping[str, Sms], *, purse: Purse) -> None:
        self._adapters = dict(adapters)
        self._purse = purse

    async def send(self, number: str, text: str, *, purpose: str) -> str:
        """Send a text by the first adapter that can; raises `SmsFailed` if none can, or at the cap."""
        maybe_sent = False
        for name, adapter in self._adapters.items():
            price = await adapter.price(number)
            await self._purse.pay(name, price)
            try:
                message_id = await adapter.send(number, text, purpose=purpose)
            except SmsFailed as error:
                maybe_sent = maybe_sent or error.maybe_sent
                log.warning("sms_failed", adapter=name, reason=str(error))
                MESSAGES.labels(name, "failed").inc()
                await self._purse.count_failure(name, refund=0 if error.maybe_sent else price)
            else:
                MESSAGES.labels(name, "sent").inc()
                return f"{name}:{message_id}"
        raise SmsFailed("no adapter could send it", maybe_sent=maybe_sent)

    async def status(self, message_id: str) -> Delivery:
        """Ask the adapter that sent it."""
        name, _, own_id = message_id.partition(":")
        adapter = self._adapters.get(name)
        return "unknown" if adapter is None else await adapter.status(own_id)

    async def price(self, number: str) -> int:
        """Return the price of the adapter that is tried first."""
        for adapter in self._adapters.values():
            return await adapter.price(number)
        return 0
