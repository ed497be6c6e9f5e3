"""Whom a bot knows and where it talks."""

from amanat.db.tx import Need
from amanat.gateway.bots.people import chat_of, enter, meet, named_in, person_of
from amanat.gateway.bots.tables import CHATS, PEOPLE
from tests.gateway.service.bot_at_work import BotAtWork


async def test_people_keep_their_number_and_get_their_newest_name(at_work: BotAtWork) -> None:
    on = at_work.ground
    needs: list[Need] = [(PEOPLE, ("@a:b",)), (CHATS, ("!r",))]
    first = await on.store.write(lambda tx: meet(tx, "@a:b", on=on), needs=needs)
    assert person_of(first).name == str(first.number), "somebody without a name"
    named = await on.store.write(lambda tx: meet(tx, "@a:b", on=on, name="Ani"), needs=needs)
    assert (named.number, named.name) == (first.number, "Ani")
    private = await on.store.write(lambda tx: enter(tx, "!r", kind="private", person=named, on=on), needs=needs)
    assert chat_of(private, named).number == named.number
    group = await on.store.write(lambda tx: enter(tx, "!r", kind="group", person=named, on=on), needs=needs)
    assert group.number < 0, "a third person makes it another chat"
    again = await on.store.write(lambda tx: enter(tx, "!r", kind="private", person=named, on=on), needs=needs)
    assert again == group


def test_names_in_events() -> None:
    assert named_in({"displayname": " Ani "}) == "Ani"
    for odd in ({}, {"displayname": ""}, {"displayname": 5}):
        assert named_in(odd) is None
