import pytest

from amanat.outbound.sms.chain import CapReached, Chain
from amanat.outbound.sms.inbox import Inbox
from amanat.outbound.sms.sms import Delivery, SmsFailed


class Broken:
    """A way to send that never can."""

    def __init__(self, *, maybe_sent: bool) -> None:
        self._maybe_sent = maybe_sent

    async def send(self, number: str, text: str, *, purpose: str) -> str:
        raise SmsFailed("broken", maybe_sent=self._maybe_sent)

    async def status(self, message_id: str) -> Delivery:
        return "failed"

    async def price(self, number: str) -> int:
        return 5


class Coins:
    """A purse that is counted by hand."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.failures: dict[str, int] = {}

    async def pay(self, adapter: str, price: int) -> None:
        if price > self.left:
            raise CapReached
        self.left -= price

    async def count_failure(self, adapter: str, *, refund: int) -> None:
        self.left += refund
        self.failures[adapter] = self.failures.get(adapter, 0) + 1


def phones() -> Inbox:
    return Inbox(now_ms=lambda: 0)


async def test_the_next_adapter_sends_what_the_first_cannot() -> None:
    inbox, coins = phones(), Coins(5)
    chain = Chain({"broken": Broken(maybe_sent=False), "inbox": inbox}, purse=coins)
    message_id = await chain.send("+62811", "text", purpose="sign-in")
    assert message_id == "inbox:inbox-1"
    assert await chain.status(message_id) == "delivered"
    assert (coins.left, coins.failures) == (5, {"broken": 1})


async def test_the_first_that_can_is_the_only_one_that_does() -> None:
    first, second = phones(), phones()
    await Chain({"first": first, "second": second}, purse=Coins(0)).send("+62811", "text", purpose="sign-in")
    assert (len(first.texts()), len(second.texts())) == (1, 0)


async def test_a_text_that_may_have_gone_out_is_paid_for() -> None:
    coins = Coins(9)
    with pytest.raises(SmsFailed) as failed:
        await Chain({"broken": Broken(maybe_sent=True)}, purse=coins).send("+62811", "text", purpose="sign-in")
    assert (coins.left, failed.value.maybe_sent) == (4, True)


async def test_at_the_cap_nothing_is_sent_by_anybody() -> None:
    inbox = phones()
    with pytest.raises(CapReached):
        await Chain({"dear": Broken(maybe_sent=True), "inbox": inbox}, purse=Coins(4)).send("+62", "t", purpose="p")
    assert inbox.texts() == []


async def test_a_text_that_nobody_sent_is_not_known() -> None:
    assert await Chain({"inbox": phones()}, purse=Coins(0)).status("other:1") == "unknown"


async def test_the_price_is_that_of_the_first() -> None:
    assert await Chain({"a": Broken(maybe_sent=True), "b": phones()}, purse=Coins(0)).price("+62") == 5
    assert await Chain({}, purse=Coins(0)).price("+62") == 0
