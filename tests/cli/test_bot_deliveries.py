"""`amanat bot deliveries` and `replay`, beside a gateway that runs and without one."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from amanat.gateway.bots.api import Webhook
from amanat.gateway.service.own_socket import SOCKET, serve_own
from tests.cli.conftest import Call
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


async def test_deliveries_are_shown_and_replayed_whether_or_not_the_gateway_runs(
    at_work: BotAtWork, call: Call, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async def bot(*arguments: str) -> tuple[int, str]:
        done = await asyncio.to_thread(call, "bot", *arguments, "--data", tmp_path)
        return done.code, done.out or done.err

    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook", kinds=("Came",)))
    await (await at_work.visitor()).writes("halo")
    await at_work.receiver.gets(1)
    await at_work.nothing_waits()
    serving = asyncio.create_task(serve_own({"bot": at_work.bot}, tmp_path / SOCKET))
    await until(_is_there(tmp_path / SOCKET))
    capsys.readouterr()  # what the bot has logged
    ((one,),) = [json.loads((await bot("deliveries", "bot"))[1])]
    assert (one["status"], one["state"], "body" in one) == (200, "delivered", False)
    position = str(one["position"])
    assert "halo" in json.loads((await bot("deliveries", "bot", position))[1])["body"]
    assert await bot("replay", "bot", position) == (0, "")
    await at_work.receiver.gets(2)
    for gone in ("deliveries", "replay"):
        code, said = await bot(gone, "bot", "999")
        assert (code, "no such delivery" in said) == (1, True)
    await at_work.nothing_waits()
    went = json.loads((await bot("test", "bot"))[1])
    assert (went["status"], went["answer"]) == (200, "")
    assert (await bot("test", "bot"))[0] == 1, "at once again"
    await at_work.receiver.gets(3)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
    assert not await _is_there(tmp_path / SOCKET)()

    await at_work.close()
    assert len(json.loads((await bot("deliveries", "bot"))[1])) == 3
    code, said = await bot("test", "bot")
    assert (code, "does not run" in said) == (1, True)
    assert await bot("replay", "bot", position) == (0, "")
    for gone in ("deliveries", "replay"):
        assert (await bot(gone, "bot", "999"))[0] == 1
    assert (await bot("deliveries", "warung"))[0] == 4
    await at_work.start()
    came = await at_work.receiver.gets(4)
    assert len({*came}) == 2, "all but the test are one update"


def _is_there(path: Path) -> Callable[[], Awaitable[bool]]:
    async def is_there() -> bool:
        return await asyncio.to_thread(path.exists)

    return is_there
