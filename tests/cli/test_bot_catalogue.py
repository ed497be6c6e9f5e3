"""`amanat bot catalog`: a file is taken whole, beside a gateway that runs, or nothing of it."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from msgspec.structs import replace

from amanat.gateway.cloud_api.app import batches
from amanat.gateway.service import bot_file
from amanat.gateway.service.own_socket import SOCKET, serve_own
from amanat.outbound.http import HttpClient
from tests.cli.conftest import Call
from tests.gateway.bots.conftest import town
from tests.gateway.device.town import Town, until
from tests.gateway.service.bot_at_work import BotAtWork
from tests.outbound.answering import answering

__all__ = ["town"]

HEAD = "id,title,price,availability,image_link,brand\n"


async def test_a_file_is_taken_whole_or_not_at_all(town: Town, call: Call, tmp_path: Path) -> None:
    shop = await BotAtWork.begin(town, tmp_path / "bot")
    file, http = tmp_path / "toko.csv", HttpClient(private_networks=("127.0.0.0/8",))

    async def imports(text: str, *flags: str) -> tuple[int, str]:
        file.write_text(text)
        done = await asyncio.to_thread(call, "bot", "catalog", "bot", "import", file, *flags, "--data", tmp_path)
        return done.code, (done.out + done.err).strip()

    async def sells() -> list[tuple[str, str, bool]]:
        return [
            (each.id, str(each.price), each.picture is not None) for each in await shop.line.goods.all(after=0, most=9)
        ]

    assert "does not run" in (await imports(HEAD))[1]
    await shop.close()
    bot_file.write(shop.folder, replace(bot_file.read(shop.folder), api="cloud"))
    await shop.start()
    serving = asyncio.create_task(serve_own({"bot": shop.bot}, tmp_path / SOCKET, batches=batches(http)))
    await until(_is_there(tmp_path / SOCKET))
    async with answering() as web:
        web.body, web.headers = b"RIFF", "content-type: image/webp\r\n"
        good = f"{HEAD}KOPI,Kopi,15000 IDR,in stock,{web.url}/kopi.webp,Warung\nTEH,Teh,9.5 USD,out of stock,,\n"
        assert await imports(good, "--dry-run") == (0, "2 products would be taken from toko.csv.")
        assert await sells() == []
        assert await imports(good) == (0, "2 products were taken from toko.csv.")
        assert await sells() == [("KOPI", "IDR 15000", True), ("TEH", "USD 9.50", False)]

        # One wrong line, or one picture that does not come, and nothing changes.
        code, said = await imports(
            f"{HEAD}KOPI,Kopi,9 IDR,in stock,,\nSUSU,Susu,murah,in stock,,\nAIR,Air,1 IDR,habis,,\n"
        )
        assert code == 1
        assert "toko.csv:3: SUSU: Param price must be an amount" in said
        assert "toko.csv:4: AIR: Param availability" in said
        assert "Nothing was changed." in said
        web.status = 404
        code, said = await imports(f"{HEAD}KOPI,Kopi,9 IDR,in stock,,\nAIR,Air,1 IDR,in stock,{web.url}/air.png,\n")
        assert (code, "toko.csv:3: AIR: Param image.link cannot be fetched" in said) == (1, True)
        assert await sells() == [("KOPI", "IDR 15000", True), ("TEH", "USD 9.50", False)]
    # What is there keeps its place and its picture, and what is not named stays.
    assert (await imports(f"{HEAD}KOPI,Kopi,9 IDR,in stock,,\n"))[0] == 0
    assert await sells() == [("KOPI", "IDR 9", True), ("TEH", "USD 9.50", False)]
    file.write_bytes(b"\xff")
    done = await asyncio.to_thread(call, "bot", "catalog", "bot", "import", file, "--data", tmp_path)
    assert (done.code, "not UTF-8" in done.err) == (4, True)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    await shop.close()
    await http.close()


def _is_there(path: Path) -> Callable[[], Awaitable[bool]]:
    async def is_there() -> bool:
        return await asyncio.to_thread(path.exists)

    return is_there
