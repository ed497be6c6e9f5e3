import pytest

from amanat.core.errors import InvalidUsername, NotFound, UserInUse
from amanat.handlers.accounts import BASE32, LOCALPART_LENGTH
from tests.server import Server


async def test_a_person_gets_a_random_localpart_whatever_their_handle(serving: Server) -> None:
    names = serving.amanat.accounts.names("Ani")
    localpart = names.user_id.removeprefix("@").removesuffix(":localhost")
    assert names.handle == "ani"
    assert len(localpart) == LOCALPART_LENGTH
    assert set(localpart) <= set(BASE32)


async def test_a_bot_is_called_as_its_operator_says(serving: Server) -> None:
    names = serving.amanat.accounts.names("pajak-bot", kind="bot")
    assert (names.user_id, names.handle) == ("@pajak-bot:localhost", "pajak-bot")


async def test_a_localpart_that_is_no_handle_has_none(amanat: Server) -> None:
    names = amanat.amanat.accounts.names("a=b/c")
    assert (names.user_id, names.handle) == ("@a=b/c:localhost", None)


async def test_a_handle_can_be_changed_and_is_free_again(amanat: Server) -> None:
    accounts = amanat.amanat.accounts
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await accounts.set_handle(ani.user_id, "Ratna")
    assert await accounts.by_handle("ani") is None
    found = await accounts.by_handle("ratna")
    assert found is not None
    assert found.user_id == ani.user_id
    with pytest.raises(UserInUse):
        await accounts.set_handle(budi.user_id, "ratna")
    await accounts.set_handle(ani.user_id, None)
    await accounts.set_handle(budi.user_id, "ratna")


async def test_a_handle_may_change_to_one_that_looks_like_it(amanat: Server) -> None:
    accounts = amanat.amanat.accounts
    ani = await amanat.user("ani")
    await accounts.set_handle(ani.user_id, "an1")
    assert await accounts.by_handle("ani") is None
    assert await accounts.by_handle("an1") is not None


async def test_a_handle_is_not_taken_from_whose_id_it_is(amanat: Server) -> None:
    accounts = amanat.amanat.accounts
    ani, budi = await amanat.user("ani"), await amanat.user("budi")
    await accounts.set_handle(ani.user_id, "ratna")
    with pytest.raises(UserInUse):
        await accounts.set_handle(budi.user_id, "ani")
    await accounts.set_handle(ani.user_id, "ani")


async def test_what_is_no_handle_or_nobodys_is_refused(amanat: Server) -> None:
    accounts = amanat.amanat.accounts
    ani = await amanat.user("ani")
    with pytest.raises(InvalidUsername):
        await accounts.set_handle(ani.user_id, "a b")
    with pytest.raises(NotFound):
        await accounts.set_handle("@nobody:localhost", "nobody")
