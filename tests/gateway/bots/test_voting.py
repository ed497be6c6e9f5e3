"""Votes as they come: changed, taken back, too late, or of somebody else's poll."""

from functools import partial
from typing import Any

from amanat.gateway.bots.hearing import Hearing
from amanat.gateway.bots.model import Chat, PollBody, Said, Saying
from amanat.gateway.bots.poll_contents import END, RESPONSE, START, content_of_poll
from amanat.gateway.bots.room_events import Event
from amanat.gateway.bots.updates import Updates
from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send
from tests.gateway.telegram_bot_api.served import sees

POLL = PollBody(question="Kapan?", answers=(("a", "Senin"), ("b", "Selasa")))


async def _asked(at_work: BotAtWork, visitor: Visitor) -> tuple[Chat, Said, str]:
    await visitor.writes("halo")
    came = (await at_work.told("Came"))["said"]
    chat = await at_work.line.chat(came["chat"]["number"])
    said = await at_work.line.say(chat, Saying(body=POLL))
    return chat, said, (await sees(visitor, START)).event_id


def _vote(poll: str, *answers: str) -> dict[str, Any]:
    return {RESPONSE: {"answers": list(answers)}, "m.relates_to": {"rel_type": "m.reference", "event_id": poll}}


async def test_a_vote_counts_until_it_is_changed_taken_back_or_late(on_both: BotAtWork) -> None:
    at_work = on_both
    visitor = await at_work.visitor()
    chat, said, poll = await _asked(at_work, visitor)
    await send(visitor, _vote(poll, "a"), RESPONSE)
    voted = await at_work.told("Voted")
    assert (voted["chosen"], voted["said"]["number"], voted["person"]["number"]) == ([0], said.number, chat.number)
    changed = (await at_work.told("PollChanged"))["said"]["body"]
    assert (changed["votes"], changed["voters"]) == ([1, 0], 1)

    second = await send(visitor, _vote(poll, "b"), RESPONSE)
    assert (await at_work.told("PollChanged"))["said"]["body"]["votes"] == [0, 1]
    await visitor.citizen.ground.api.redact(visitor.room_id, second, txn_id="gone")
    assert (await at_work.told("Voted"))["chosen"] == []
    back = (await at_work.told("PollChanged"))["said"]["body"]
    assert (back["votes"], back["voters"]) == ([0, 0], 0)

    await send(visitor, _vote(poll, "b"), RESPONSE)
    assert (await at_work.told("PollChanged"))["said"]["body"]["votes"] == [0, 1]
    stopped = await at_work.line.stop_poll(chat, said.number)
    assert isinstance(stopped.body, PollBody)
    assert (stopped.body.ended, stopped.body.votes) == (True, (0, 1))
    assert (await at_work.told("PollChanged"))["said"]["body"]["ended"]
    assert (await sees(visitor, END)).content["m.relates_to"]["event_id"] == poll
    await send(visitor, _vote(poll, "a"), RESPONSE)
    await visitor.writes("selesai")
    await at_work.told("Came")
    kept = (await at_work.line.message(chat, said.number)).body
    assert isinstance(kept, PollBody)
    assert (kept.votes, kept.ended) == ((0, 1), True)


async def test_who_is_blocked_is_passed_over(on_both: BotAtWork) -> None:
    visitor = await on_both.visitor()
    chat, said, poll = await _asked(on_both, visitor)
    person = visitor.citizen.person.user_id
    blocked = await on_both.line.block(chat.number, blocked=True)
    assert blocked is not None
    assert await on_both.line.blocked(after=0, most=5) == [blocked]
    assert await on_both.line.blocked(after=chat.number, most=5) == []
    assert await _heard(on_both, visitor.room_id, poll, by=person, chat=chat, said=said) == ()
    await on_both.line.block(chat.number, blocked=False)
    assert await _heard(on_both, visitor.room_id, poll, by=person, chat=chat, said=said) == (1, 0)


async def test_a_poll_of_somebody_else_is_heard_of_and_ended_by_them_alone(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    poll = await send(visitor, content_of_poll(POLL), START)
    came = (await at_work.told("Came"))["said"]
    assert came["body"]["question"] == "Kapan?"
    await send(visitor, _vote(poll, "a"), RESPONSE)
    about = {"m.relates_to": {"rel_type": "m.reference", "event_id": poll}}
    await send(visitor, {END: {}} | about, END)
    ended = (await at_work.told("PollChanged"))["said"]
    assert (ended["number"], ended["body"]["ended"], ended["body"]["votes"]) == (came["number"], True, [1, 0])


async def test_what_is_no_poll_takes_no_votes(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    event_id = await send(visitor, {"msgtype": "m.text", "body": "bukan"})
    await send(visitor, _vote(event_id, "a"), RESPONSE)
    await send(visitor, {END: {}, "m.relates_to": {"rel_type": "m.reference", "event_id": event_id}}, END)
    await visitor.writes("lanjut")
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "bukan"
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "lanjut"
    poll = await send(visitor, content_of_poll(POLL), START)
    changed = content_of_poll(PollBody(question="Lain?", answers=(("a", "Tidak"),)))
    await send(visitor, {"m.new_content": changed, "m.relates_to": {"rel_type": "m.replace", "event_id": poll}}, START)
    await visitor.writes("habis")
    asked = (await at_work.told("Came"))["said"]
    chat = await at_work.line.chat(asked["chat"]["number"])
    assert (await at_work.line.message(chat, asked["number"])).body == POLL
    assert (await at_work.told("Came"))["said"]["body"]["text"] == "habis"


async def test_who_is_not_in_the_chat_has_no_vote(at_work: BotAtWork) -> None:
    visitor = await at_work.visitor()
    chat, said, poll = await _asked(at_work, visitor)
    for sender, votes in (("@stranger:localhost", ()), (visitor.citizen.person.user_id, (1, 0))):
        assert await _heard(at_work, visitor.room_id, poll, by=sender, chat=chat, said=said) == votes


async def _heard(at_work: BotAtWork, room_id: str, poll: str, *, by: str, chat: Chat, said: Said) -> tuple[int, ...]:
    """Let a vote for the first answer be heard, and return how the votes stand."""
    on = at_work.ground
    hearing = Hearing(on, Updates(on))
    event = Event(room_id=room_id, event_id=f"$by{by}", sender=by, ts=1, type=RESPONSE, content=_vote(poll, "a"))
    await on.store.write(partial(hearing.take, event=event), needs=await hearing.needs(event))
    body = (await at_work.line.message(chat, said.number)).body
    assert isinstance(body, PollBody)
    return body.votes
