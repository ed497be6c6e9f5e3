"""Polls that bots ask: what is refused, and real clients that ask, hear of votes and end them."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import aiogram
import pytest
import telegram
from telegram import ext

from amanat.gateway.bots.model import PollBody
from amanat.gateway.bots.poll_contents import END, RESPONSE, START, content_of_poll
from tests.gateway.service.at_work import Visitor
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, sees, send
from tests.gateway.telegram_bot_api.test_clients import aiogram_bot, polling, ptb

SOLUTION = "Jawaban yang benar / Correct answer: 4\nEmpat"


async def _votes(visitor: Visitor, poll: str, *answers: str) -> None:
    about = {"rel_type": "m.reference", "event_id": poll}
    await send(visitor, {RESPONSE: {"answers": list(answers)}, "m.relates_to": about}, RESPONSE)


async def test_a_bot_of_python_telegram_bot_asks_and_hears_who_voted(bot: ServedBot) -> None:
    application, told = ptb(bot), asyncio.Queue[Any]()

    async def ask(update: telegram.Update, _: Any) -> None:
        assert update.message is not None
        message = await update.message.reply_poll(
            "Kapan?", ["Senin", telegram.InputPollOption("Selasa")], is_anonymous=False, allows_multiple_answers=True
        )
        told.put_nowait(message)

    async def hear(update: telegram.Update, _: Any) -> None:
        told.put_nowait(update.poll_answer or update.poll)

    application.add_handler(ext.CommandHandler("tanya", ask))
    application.add_handler(ext.PollAnswerHandler(hear))
    application.add_handler(ext.PollHandler(hear))
    async with polling(application):
        visitor = await bot.at_work.visitor()
        await visitor.writes("/tanya")
        message = await told.get()
        assert (message.poll.question, message.poll.is_anonymous) == ("Kapan?", False)
        shown = await sees(visitor, START)
        asked = shown.content[START]
        assert ([each["id"] for each in asked["answers"]], asked["max_selections"]) == (["1", "2"], 2)
        await _votes(visitor, shown.event_id, "2", "1")
        answer, poll = await told.get(), await told.get()
        assert (answer.poll_id, answer.option_ids, answer.user.id) == (message.poll.id, (0, 1), message.chat.id)
        assert [option.voter_count for option in poll.options] == [1, 1]
        await _votes(visitor, shown.event_id)
        answer, poll = await told.get(), await told.get()
        assert (answer.option_ids, poll.total_voter_count) == ((), 0)
        ended = await application.bot.stop_poll(message.chat.id, message.message_id)
        assert (ended.id, ended.is_closed) == (message.poll.id, True)
        assert (await told.get()).is_closed
        await sees(visitor, END)
        with pytest.raises(telegram.error.BadRequest, match="Poll has already been closed"):
            await application.bot.stop_poll(message.chat.id, message.message_id)


async def test_a_bot_of_aiogram_asks_a_quiz_and_is_told_only_counts_unless_it_says_so(bot: ServedBot) -> None:
    client = aiogram_bot(bot)
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    message = await client.send_poll(
        chat, "2 + 2?", ["3", "4"], type="quiz", correct_option_id=1, explanation="<b>Empat</b>",
        explanation_parse_mode="HTML",
    )  # fmt: skip
    assert message.poll is not None
    assert (message.poll.type, message.poll.correct_option_id, message.poll.explanation) == ("quiz", 1, "Empat")
    shown = await sees(visitor, START)
    assert str(shown.content[START]["kind"]).endswith(".undisclosed"), "nobody sees the votes before the end"
    await _votes(visitor, shown.event_id, "2")
    updates = await client.get_updates(timeout=20)
    assert [update.event_type for update in updates] == ["poll"]
    assert isinstance(updates[0].event, aiogram.types.Poll)
    assert [option.voter_count for option in updates[0].event.options] == [0, 1]
    assert "Empat" not in str(shown.content), "what is right lies nowhere before the end"
    ended = await client.stop_poll(chat, message.message_id)
    assert (ended.is_closed, ended.total_voter_count) == (True, 1)
    end = await sees(visitor, END)
    assert str(end.content["org.matrix.msc1767.text"]).endswith(f"\n{SOLUTION}")
    await visitor.hears(SOLUTION)
    await client.session.close()


async def test_a_poll_ends_when_its_time_is_up_and_a_quiz_is_solved_then(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat, client = await bot.chat_with(visitor), aiogram_bot(bot)
    message = await client.send_poll(
        chat, "2 + 2?", ["3", "4"], type="quiz", correct_option_id=1, explanation="Empat", open_period=600
    )
    assert message.poll is not None
    assert (message.poll.open_period, message.poll.is_closed) == (600, False)
    shown = await sees(visitor, START)
    await bot.at_work.close()
    bot.at_work.ahead_ms += 600_000
    await bot.at_work.start()
    await visitor.hears(SOLUTION)
    ends = [each for each in visitor.citizen.echo.received if each.type == END]
    assert [end.content["m.relates_to"]["event_id"] for end in ends] == [shown.event_id]
    await client.session.close()


async def test_a_poll_with_a_date_ends_then(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat, date_s = await bot.chat_with(visitor), bot.at_work.now_ms() // 1000 + 86_400
    async with telegram.Bot(TOKEN, base_url=bot.told["base_url"]) as program:
        message = await program.send_poll(chat, "Kapan?", ["Senin", "Selasa"], close_date=date_s)
        assert message.poll is not None
        assert message.poll.close_date == datetime.fromtimestamp(date_s, UTC)
        await sees(visitor, START)
        bot.at_work.passes(86_400)
        (update,) = await program.get_updates(timeout=20)
        assert update.poll is not None
        assert update.poll.is_closed
        await sees(visitor, END)


async def test_a_poll_may_be_over_as_soon_as_it_is_asked(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    message = await bot.call("sendPoll", chat_id=chat, question="Kapan?", options=["a", "b"], is_closed=True)
    assert message["poll"]["is_closed"]
    shown = await sees(visitor, START)
    assert (await sees(visitor, END)).content["m.relates_to"]["event_id"] == shown.event_id
    stopping = {"chat_id": chat, "message_id": message["message_id"]}
    assert await bot.refused("stopPoll", **stopping) == "Bad Request: poll has already been closed"


async def test_a_poll_that_somebody_asks_is_told_of(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    await bot.chat_with(visitor)
    await send(visitor, content_of_poll(PollBody(question="Makan apa?", answers=(("x", "Nasi"), ("y", "Mi")))), START)
    message = (await bot.next_update("message"))["message"]
    assert [option["text"] for option in message["poll"]["options"]] == ["Nasi", "Mi"]
    stopping = {"chat_id": message["chat"]["id"], "message_id": message["message_id"]}
    assert await bot.refused("stopPoll", **stopping) == "Bad Request: poll can't be stopped"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"question": ""}, "poll question must be non-empty"),
        ({"question": "x" * 301}, "poll question length must not exceed 300"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": ["x"] * 13}, "poll can't have more than 12 options"),
        ({"options": ["x", ""]}, "poll option must be non-empty"),
        ({"options": ["x", "y" * 101]}, "poll options length must not exceed 100"),
        ({"options": ["x", 5]}, "can't parse options JSON object"),
        ({"options": "{"}, "can't parse options JSON object"),
        ({"type": "survey"}, "unsupported poll type specified"),
        ({"type": "quiz"}, "correct quiz option list must be non-empty"),
        ({"type": "quiz", "correct_option_id": 2}, "wrong quiz correct_option_id"),
        ({"type": "quiz", "correct_option_ids": [1, 0]}, "correct quiz option list must be increasing"),
        ({"open_period": 4}, "poll must be open for 5 to 2628000 seconds"),
        ({"close_date": 1_700_000_000}, "poll must be open for 5 to 2628000 seconds"),
        ({"media": {"type": "photo"}}, "method not available on this server"),
        (
            {"reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "b"}]]}},
            "a poll has no keyboard on this server",
        ),
    ],
)
async def test_what_is_no_poll_is_refused(bot: ServedBot, wrong: dict[str, Any], reason: str) -> None:
    chat = await bot.chat_with(await bot.at_work.visitor())
    fields = {"question": "Kapan?", "options": ["a", "b"], "is_closed": False} | wrong
    assert await bot.refused("sendPoll", chat_id=chat, **fields) == f"Bad Request: {reason}"


async def test_a_poll_is_not_edited_and_said_again_as_a_new_one(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    poll = await bot.call("sendPoll", chat_id=chat, question="Kapan?", options=["a", "b"])
    shown = await sees(visitor, START)
    await _votes(visitor, shown.event_id, "1")
    await bot.next_update("poll")
    about = {"chat_id": chat, "message_id": poll["message_id"]}
    assert await bot.refused("editMessageReplyMarkup", **about) == "Bad Request: message can't be edited"
    again = await bot.call("forwardMessage", chat_id=chat, from_chat_id=chat, message_id=poll["message_id"])
    assert (again["poll"]["id"], again["poll"]["total_voter_count"]) == (str(again["message_id"]), 0)
    text = await bot.call("sendMessage", chat_id=chat, text="bukan")
    not_one = {"chat_id": chat, "message_id": text["message_id"]}
    assert await bot.refused("stopPoll", **not_one) == "Bad Request: message with poll to stop not found"
