"""A bot asks a poll, and somebody at another Matrix client votes and asks one, too."""

from pathlib import Path

import nio
import telegram

from amanat.gateway.bots.poll_contents import RESPONSE, START
from tests.clients.bots import bot_of
from tests.clients.conftest import People
from tests.processes import AmanatProcess


async def test_a_citizen_of_another_client_votes_in_a_poll(lab: AmanatProcess, people: People, tmp_path: Path) -> None:
    async with bot_of(lab, tmp_path, name="polls", api="telegram") as made:
        citizen = await people.nio("citizen")
        room_id = await citizen.create_room(invite=[made.user_id])
        await citizen.knows_members(room_id, [citizen.user_id, made.user_id])
        await citizen.say(room_id, "halo")
        async with telegram.Bot(made.token, base_url=str(made.access["base_url"])) as program:
            came = await _next(program, "message")
            assert came.effective_chat is not None
            asked = await program.send_poll(came.effective_chat.id, "Kapan?", ["Senin", "Selasa"], is_anonymous=False)

            def poll() -> nio.UnknownEvent | None:
                return next((each for each in citizen.events(room_id, nio.UnknownEvent) if each.type == START), None)

            shown = await citizen.until(poll, "sees a poll")
            (_, second) = shown.source["content"][START]["answers"]
            about = {"rel_type": "m.reference", "event_id": shown.event_id}
            await citizen.send(room_id, {RESPONSE: {"answers": [second["id"]]}, "m.relates_to": about}, kind=RESPONSE)
            voted = (await _next(program, "poll_answer")).poll_answer
            assert voted is not None
            assert asked.poll is not None
            assert (voted.poll_id, voted.option_ids) == (asked.poll.id, (1,))
            changed = (await _next(program, "poll")).poll
            assert changed is not None
            assert [option.voter_count for option in changed.options] == [0, 1]
            theirs = {START: {"question": {"body": "?"}, "answers": [{"id": "1", "body": "ya"}]}}
            await citizen.send(room_id, theirs, kind=START)
            message = (await _next(program, "message")).message
            assert message is not None
            assert message.poll is not None


async def _next(program: telegram.Bot, kind: str) -> telegram.Update:
    """Take updates one by one until one is of a kind."""
    while True:
        for update in await program.get_updates(limit=1, timeout=20):
            await program.get_updates(offset=update.update_id + 1, limit=1)
            if getattr(update, kind) is not None:
                return update
