"""How far somebody has read is told for each message, once and in order, and never what nobody saw."""

from amanat.gateway.bots.model import Chat, Saying, Words
from amanat.gateway.bots.reads import MOST
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, reads, send


async def begin(at_work: BotAtWork) -> tuple[Visitor, Chat]:
    """Bring somebody who has written."""
    visitor = await at_work.visitor()
    await visitor.writes("halo")
    return visitor, await at_work.line.chat((await at_work.told("Came"))["said"]["chat"]["number"])


async def says(at_work: BotAtWork, visitor: Visitor, chat: Chat, text: str) -> tuple[int, str]:
    """Have the bot say something that is heard; return its number and its event."""
    said = await at_work.line.say(chat, Saying(body=Words(text=text)))
    return said.number, (await visitor.citizen.echo.hears(text)).event_id


async def all_told(at_work: BotAtWork, visitor: Visitor) -> list[int]:
    """Let somebody write twice, and return what was told as read until then: receipts stand behind the first."""
    read, left = [], 2
    await visitor.writes("sudah")
    while left:
        kind, told = await at_work.told_next()
        if kind == "WasRead":
            read.append(told["number"])
        if kind == "Came":
            left -= 1
            await visitor.writes("ya") if left else None
    return read


async def test_each_message_is_told_once_and_in_order(on_both: BotAtWork) -> None:
    visitor, chat = await begin(on_both)
    (first, first_event), (second, second_event) = [
        await says(on_both, visitor, chat, text) for text in ("satu", "dua")
    ]
    third, third_event = await says(on_both, visitor, chat, "tiga")
    await reads(visitor, second_event)
    told = [await on_both.told("WasRead") for _ in range(2)]
    assert [each["number"] for each in told] == [first, second]
    assert told[0]["chat"]["person"]["number"] == chat.number
    await reads(visitor, second_event)
    await reads(visitor, first_event)
    await reads(visitor, third_event)
    assert (await on_both.told("WasRead"))["number"] == third
    assert await all_told(on_both, visitor) == []


async def test_what_nobody_saw_is_not_told(at_work: BotAtWork) -> None:
    visitor, chat = await begin(at_work)
    _, event = await says(at_work, visitor, chat, "satu")
    own = await send(visitor, {"msgtype": "m.text", "body": "menyela"})
    await at_work.told("Came")
    await reads(visitor, event, kind="m.read.private")
    await reads(visitor, own)  # it may stand above an answer that came meanwhile
    assert await all_told(at_work, visitor) == []


async def test_of_much_the_newest_are_told(at_work: BotAtWork) -> None:
    visitor, chat = await begin(at_work)
    said = [await says(at_work, visitor, chat, f"kata {number}") for number in range(MOST + 3)]
    await reads(visitor, said[-1][1])
    told = [(await at_work.told("WasRead"))["number"] for _ in range(MOST)]
    assert told == [number for number, _ in said[-MOST:]]
    assert await all_told(at_work, visitor) == []


async def test_a_reaction_that_was_read_stands_behind_what_was_said(at_work: BotAtWork) -> None:
    visitor, chat = await begin(at_work)
    number, _ = await says(at_work, visitor, chat, "satu")
    await at_work.line.react(chat, number, emoji="👍")
    reaction = await visitor.citizen.echo.until(
        lambda: next((each for each in visitor.citizen.echo.received if each.type == "m.reaction"), None), "reaction"
    )
    await reads(visitor, reaction.event_id)
    assert (await at_work.told("WasRead"))["number"] == number


async def test_in_a_group_nobody_is_told_to_have_read(at_work: BotAtWork) -> None:
    visitor, chat = await begin(at_work)
    _, event = await says(at_work, visitor, chat, "satu")
    other = await at_work.town.citizen("other")
    await visitor.citizen.person.invite(visitor.room_id, other.user_id)
    await other.person.join(visitor.room_id)
    await at_work.told("Membership")
    await reads(visitor, event)
    third = await at_work.visitor("third")
    assert await all_told(at_work, third) == []


async def test_what_is_read_while_it_is_away_or_before_it_is_killed_is_told_once(on_both: BotAtWork) -> None:
    visitor, chat = await begin(on_both)
    first, first_event = await says(on_both, visitor, chat, "satu")
    second, second_event = await says(on_both, visitor, chat, "dua")
    await on_both.close()
    await reads(visitor, first_event)
    await on_both.start()
    assert (await on_both.told("WasRead"))["number"] == first

    await on_both.close()
    await on_both.only_hear()
    await reads(visitor, second_event)
    assert await all_told(on_both, visitor) == [], "it was seen, and nobody told of it yet"
    await on_both.close()
    await on_both.start()
    assert (await on_both.told("WasRead"))["number"] == second
    await on_both.close()
    await on_both.start()
    assert await all_told(on_both, visitor) == []


async def test_a_receipt_that_comes_before_the_server_s_answer_waits_for_it(at_work: BotAtWork) -> None:
    visitor, chat = await begin(at_work)
    await at_work.close()
    held: list[str] = []

    def lose(line: str) -> str | None:
        if "/send/m.room.encrypted" not in line or len(held) > 1:
            return None
        held.append(line)
        return "back"

    at_work.loses = lose
    await at_work.start()
    number, event = await says(at_work, visitor, chat, "satu")
    await reads(visitor, event)
    assert (await at_work.told("Delivered"))["number"] == number
    assert (await at_work.told("WasRead"))["number"] == number


async def test_whom_the_bot_blocks_it_is_told_nothing_of(at_work: BotAtWork) -> None:
    visitor, chat = await begin(at_work)
    _, event = await says(at_work, visitor, chat, "satu")
    await at_work.line.block(chat.number, blocked=True)
    await reads(visitor, event)
    other = await at_work.visitor("other")
    assert await all_told(at_work, other) == []
