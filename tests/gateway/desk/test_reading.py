"""A chat is read a page at a time, with the names of who is in it."""

from amanat.gateway.desk import reading
from amanat.gateway.desk.reading import MOST_LINES
from tests.gateway.desk.office import ANI, BUDI, ROOM, DeskOffice


async def test_older_lines_come_before_the_first_that_one_has(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    await desk_office.says(*(str(number) for number in range(MOST_LINES + 4)))
    desk_office.office.names.learn(BUDI, "Budi Santoso")
    await desk_office.acts.assign(BUDI, ROOM, assignee=BUDI)
    last = await reading.opened(desk_office.office, ROOM)
    assert last is not None
    assert (len(last.lines), last.more) == (MOST_LINES, True)
    assert (last.lines[-1].by_name, last.lines[-1].text) == ("Budi Santoso", "Budi Santoso")
    assert last.chat.last is not None
    assert (last.chat.last.sender, last.chat.last.text) == ("person", str(MOST_LINES + 3))
    first = await reading.opened(desk_office.office, ROOM, before=last.lines[0].position)
    assert first is not None
    assert [line.text for line in first.lines] == ["front_desk", "0", "1", "2", "3", "4"]
    assert not first.more


async def test_who_has_no_name_is_called_by_their_id(desk_office: DeskOffice) -> None:
    await desk_office.hands_over()
    (chat,) = (await reading.listing(desk_office.office, BUDI, show="all")).chats
    assert (chat.person, chat.person_name, chat.assignee_name) == (ANI, "ani", None)
