"""Transaction ids are remembered long enough, and not for ever."""

from amanat.handlers.transactions import REMEMBERED_MS, Transactions
from tests.client_api.messages import send_message, told
from tests.server import Server


async def test_a_transaction_is_forgotten_when_it_is_old(amanat: Server) -> None:
    alice, bob = await amanat.user("alice"), await amanat.user("bob")
    transactions = Transactions(amanat.amanat.store, now_ms=amanat.clock.now_ms)
    for pass_ms in (0, REMEMBERED_MS - 60_000, 120_000):
        amanat.clock.pass_ms(pass_ms)
        await transactions.sweep()
        await send_message(alice, bob, txn="same")
    assert len(told(await bob.sync())) == 2
