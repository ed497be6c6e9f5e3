import pytest

from amanat.core.errors import NotFound, UserInUse, WeakPassword
from tests.server import Server


async def test_the_operator_makes_people_and_bots(serving: Server) -> None:
    administration = serving.amanat.account_administration
    person = await administration.create("ani", password="kata sandi ani", is_admin=True)
    bot = await administration.create("pajak-bot", password=None, kind="bot")
    nameless = await administration.create(None, password=None)
    assert bot == "@pajak-bot:localhost"
    listed = {row.user_id: (row.handle, row.kind, row.is_admin) for row in await administration.list()}
    assert listed == {
        person: ("ani", "person", 1),
        bot: ("pajak-bot", "bot", 0),
        nameless: (None, "person", 0),
    }


async def test_a_list_goes_on_where_it_ended(serving: Server) -> None:
    administration = serving.amanat.account_administration
    for name in ("one", "two", "three"):
        await administration.create(name, password=None)
    first, *others = await administration.list()
    assert await administration.list(after=first.user_id) == others
    assert await administration.list(after=others[-1].user_id) == []


async def test_a_name_that_is_taken_or_a_weak_password_makes_no_account(serving: Server) -> None:
    administration = serving.amanat.account_administration
    await administration.create("ani", password=None)
    with pytest.raises(UserInUse):
        await administration.create("an1", password=None)
    with pytest.raises(WeakPassword):
        await administration.create("budi", password="short")
    assert len(await administration.list()) == 1


@pytest.mark.parametrize("named", ["ani", "Ani"])
async def test_the_operator_ends_an_account_by_its_handle(serving: Server, named: str) -> None:
    administration = serving.amanat.account_administration
    ani = await serving.newcomer("ani")
    assert await administration.deactivate(named, erase=True) == ani.user_id
    assert (await ani.get("/account/whoami")).status == 401
    with pytest.raises(NotFound):
        await administration.deactivate(named)
