"""Several files in one call."""

import json

from tests.gateway.telegram_bot_api.pictures import picture
from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot


async def test_files_that_are_sent_together_come_one_by_one(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    chat = await bot.chat_with(visitor)
    media = [
        {"type": "photo", "media": "attach://one", "caption": "*a*", "parse_mode": "MarkdownV2"},
        {"type": "document", "media": "attach://two"},
    ]
    answer = await bot.http.post(
        f"{bot.url}/bot{TOKEN}/sendMediaGroup",
        data={"chat_id": str(chat), "media": json.dumps(media)},
        files={"one": ("a.png", picture()), "two": ("b.txt", b"b")},
    )
    first, second = answer.json()["result"]
    assert (first["caption"], first["caption_entities"][0]["type"]) == ("a", "bold")
    assert first["media_group_id"] == second["media_group_id"]
    assert (await visitor.gets("b.txt")).opened() == b"b"
    for wrong, reason in (
        (media[:1], "media group must include 2-10 items"),
        ([5, 6], "can't parse InputMedia JSON object"),
        ([{"type": "story", "media": "x"}] * 2, "can't parse InputMedia JSON object: type must be one of photo, video"),
        ([{"type": "photo"}] * 2, "there is no photo in the request"),
    ):
        refused = await bot.refused("sendMediaGroup", chat_id=chat, media=wrong)
        assert refused.startswith(f"Bad Request: {reason}")
