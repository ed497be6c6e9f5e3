"""Files that people send."""

from tests.gateway.telegram_bot_api.served import TOKEN, ServedBot, send


async def test_a_file_is_found_and_opened(bot: ServedBot) -> None:
    visitor = await bot.at_work.visitor()
    file = await visitor.citizen.device.upload(b"isi")
    await send(visitor, {"msgtype": "m.file", "body": "a.pdf", "file": file, "info": {"size": 3}})
    large = {"size": 2**30, "mimetype": "video/mp4"}
    await send(visitor, {"msgtype": "m.video", "body": "b.mp4", "file": file, "info": large})
    update = await bot.next_update("message")
    told = await bot.call("getFile", file_id=update["message"]["document"]["file_id"])
    assert (told["file_size"], told["file_path"].endswith(".pdf")) == (3, True)
    assert (await bot.http.get(f"{bot.url}/file/bot{TOKEN}/{told['file_path']}")).content == b"isi"
    update = await bot.next_update("message", offset=update["update_id"] + 1)
    refused = await bot.refused("getFile", file_id=update["message"]["video"]["file_id"])
    assert refused == "Bad Request: file is too big"
    assert await bot.refused("getFile") == "Bad Request: file_id not specified"
    refused = await bot.refused("getFile", file_id="AmanatFile-1")
    assert refused == "Bad Request: wrong file_id or the file is temporarily unavailable"
