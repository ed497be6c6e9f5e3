"""Readers are partners and accounts, each for scopes of its own kind."""

from amanat.core import scopes
from amanat.product.ledger import readers
from amanat.product.ledger.tables import PARTNERS
from amanat.store.accounts import USERS
from tests.server import Server


def test_each_scope_is_for_one_kind_of_reader() -> None:
    assert set(scopes.FOR_PARTNERS) | set(scopes.FOR_ACCOUNTS) == set(scopes.SCOPES)
    assert not set(scopes.FOR_PARTNERS) & set(scopes.FOR_ACCOUNTS)
    assert readers.offered_to("@toko:localhost") == scopes.FOR_ACCOUNTS
    assert readers.offered_to("0123456789abcdef") == scopes.FOR_PARTNERS


def test_an_account_is_looked_up_among_accounts() -> None:
    assert readers.need_of("@toko:localhost") == (USERS, ("@toko:localhost",))
    assert readers.need_of("0123456789abcdef") == (PARTNERS, ("0123456789abcdef",))


async def test_an_accounts_name_hides_nothing_of_whose_it_is(amanat: Server) -> None:
    bot, nameless = await amanat.user("toko"), await amanat.user("lain")
    await bot.put(f"/profile/{bot.user_id}/displayname", {"displayname": "Kantor \u202e(resmi)"})
    await nameless.put(f"/profile/{nameless.user_id}/displayname", {"displayname": "\u200b\u200e"})
    told = await readers.names(amanat.amanat.store, [bot.user_id, nameless.user_id, "@gone:localhost"])
    assert told == {
        bot.user_id: f"Kantor (resmi) ({bot.user_id})",
        nameless.user_id: nameless.user_id,
        "@gone:localhost": "@gone:localhost",
    }
