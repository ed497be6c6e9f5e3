"""Whose a number is."""

from tests.product.accounts.pages.browser import Browser
from tests.product.accounts.pages.people import E164, ani_in, prove
from tests.server import Server


async def test_a_number_whose_account_has_ended_belongs_to_nobody(amanat: Server) -> None:
    await ani_in(amanat)
    phones = amanat.amanat.phone.phones
    owner = await phones.owner(phones.hash_of(E164))
    assert owner is not None
    await amanat.amanat.deactivation.deactivate(owner, erase=False)
    amanat.clock.pass_ms(16 * 60_000)
    page = await prove(Browser(amanat))
    assert page.url.startswith("/_amanat/account/sign-up")
    assert (await amanat.amanat.accounts.get(owner)) is not None
