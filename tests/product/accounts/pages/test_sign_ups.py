"""Making accounts."""

import pytest

from amanat.core.errors import Forbidden, UserInUse
from amanat.handlers.registration_tokens import RegistrationTokens
from amanat.product.accounts.pages.sign_ups import NotInvited, SignUps
from amanat.product.accounts.pages.steps import Proved
from tests.product.accounts.pages.people import E164
from tests.server import Server


def _sign_ups(server: Server, *, tokens: RegistrationTokens | None = None) -> SignUps:
    amanat = server.amanat
    return SignUps(
        amanat.store,
        accounts=amanat.accounts,
        phones=amanat.phone.phones,
        notices=amanat.credentials.notices,
        tokens=tokens,
    )


def _proved(server: Server, *, owner: str | None) -> Proved:
    return Proved(E164, server.amanat.phone.phones.hash_of(E164), owner, None)


async def test_an_account_and_its_number_are_made_together_or_not_at_all(on_both: Server) -> None:
    sign_ups, phones = _sign_ups(on_both), on_both.amanat.phone.phones
    ani = await sign_ups.person("ani", "Ani")
    other = await sign_ups.person("an1", "")
    await sign_ups.with_number(ani, _proved(on_both, owner=None))
    with pytest.raises(UserInUse):
        await sign_ups.with_number(other, _proved(on_both, owner=ani.names.user_id))
    assert await phones.owner(phones.hash_of(E164)) == ani.names.user_id
    assert await phones.masked(ani.names.user_id) == "+62 ••• ••90"


async def test_a_number_that_got_an_owner_meanwhile_makes_no_account(on_both: Server) -> None:
    sign_ups = _sign_ups(on_both)
    ani, budi = await sign_ups.person("ani", ""), await sign_ups.person("budi", "")
    await sign_ups.with_number(ani, _proved(on_both, owner=None))
    with pytest.raises(Forbidden):
        await sign_ups.with_number(budi, _proved(on_both, owner=None))
    assert await on_both.amanat.accounts.get(budi.names.user_id) is None


async def test_an_invitation_is_good_for_as_many_as_it_says(on_both: Server) -> None:
    tokens = on_both.amanat.registration_tokens
    sign_ups = _sign_ups(on_both, tokens=tokens)
    token = await tokens.new(uses_allowed=1, expires_ts=None)
    await sign_ups.without_number(await sign_ups.person("ani", ""), token=token)
    with pytest.raises(NotInvited):
        await sign_ups.without_number(await sign_ups.person("budi", ""), token=token)
