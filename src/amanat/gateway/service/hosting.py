"""A host signs what an owner has stated of it, if it is what the host offered, and publishes what all have signed."""

import asyncio
from collections.abc import Callable
from typing import Any, Final, Literal

import structlog

from amanat.core.key_statements import Statement, Verdict, check, countersigned
from amanat.gateway.device.ground import wall_clock_ms
from amanat.gateway.device.server_api import Refused, TryAgain
from amanat.gateway.service.holders import Holders, Terms
from amanat.gateway.service.host import Host

LOOK_EVERY_S: Final = 60.0

Signed = Literal["nothing", "signed", "published", "refused"]
"""What came of a look: nothing to sign; signed, and other hosts have yet to; published; not what was offered."""

log = structlog.get_logger()


class Hosting:
    """Signs for one device of one service, which this gateway runs for its owner."""

    def __init__(
        self,
        holders: Holders,
        *,
        device: tuple[str, str],
        host: Host,
        terms: Terms,
        now_ms: Callable[[], int] = wall_clock_ms,
    ) -> None:
        self._holders = holders
        self._device = device
        self._host = host
        self._terms = terms
        self._now_ms = now_ms
        self._refused: Any = None

    async def offer(self) -> None:
        """Offer to run the device."""
        await self._holders.offer(self._device[0], self._terms)

    async def withdraw(self) -> None:
        """Take the offer back."""
        await self._holders.offer(self._device[0], None)

    async def work(self) -> None:
        """Look once a minute until cancelled: an owner signs anew every month, and with a host that comes or goes."""
        while True:
            try:
                await self.sign()
            except (Refused, TryAgain) as error:
                log.warning("statement_not_signed", user_id=self._holders.user_id, reason=str(error))
            await asyncio.sleep(LOOK_EVERY_S)

    async def sign(self) -> Signed:
        """Sign what waits, once; publish it if nobody else has to sign."""
        proposed = await self._holders.proposed()
        published = await self._holders.published()
        if not proposed or _seq(proposed) <= _seq(published):
            return "nothing"
        devices = await self._holders.devices()
        verdict = self._verdict(proposed, devices.master_key)
        statement = verdict.statement
        if statement is None or verdict.fault not in (None, "not-countersigned"):
            return self._refuse(proposed, verdict.fault or "")
        if not self._names_us(statement):
            return "nothing"
        if not self._is_as_offered(statement):
            return self._refuse(proposed, "it says of this host what it did not offer")
        both = countersigned(proposed, key=self._host.key)
        if self._verdict(both, devices.master_key).fault is None:
            await self._holders.publish(both)
            log.info("statement_published", user_id=self._holders.user_id, seq=statement.seq)
            return "published"
        if both == proposed:
            return "nothing"
        await self._holders.propose(both)
        return "signed"

    def _verdict(self, statement: dict[str, Any], master_key: str) -> Verdict:
        return check(statement, user_id=self._holders.user_id, master_key=master_key, now_ms=self._now_ms(), seen_seq=0)

    def _names_us(self, statement: Statement) -> bool:
        return any(device.operator and device.operator.key == self._host.public for device in statement.devices)

    def _is_as_offered(self, statement: Statement) -> bool:
        """Whether all that it says of this host is true: another device, name, place or purpose is not."""
        said = [
            (device.id, device.ed25519, Terms(operator=device.operator, country=device.country, purpose=device.purpose))
            for device in statement.devices
            if device.operator and device.operator.key == self._host.public
        ]
        return said == [(*self._device, self._terms)]

    def _refuse(self, proposed: dict[str, Any], reason: str) -> Signed:
        if proposed != self._refused:
            log.error("statement_refused", user_id=self._holders.user_id, reason=reason)
            self._refused = proposed
        return "refused"


def _seq(statement: dict[str, Any]) -> int:
    seq = statement.get("seq")
    return seq if isinstance(seq, int) else 0
