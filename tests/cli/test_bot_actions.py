"""What `amanat bot` prints and refuses: a token is told once."""

import asyncio
import json
from pathlib import Path

from amanat.core.identifiers import PROGRAMS_FIELD
from amanat.gateway.bots.tokens import Tokens
from amanat.gateway.service.own_socket import SOCKET, serve_own
from tests.cli.conftest import Call
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.device.town import until
from tests.gateway.service.bot_at_work import BotAtWork
from tests.processes import lab

__all__ = ["at_work", "town"]


def test_a_bot_is_made_and_its_tokens_come_and_go(call: Call, tmp_path: Path) -> None:
    with lab(tmp_path) as server:
        made = call("bot", "create", "toko", "--api", "telegram", "--homeserver", server.url, "--title", "Toko Budi")
        assert made.code == 0, made.err
        said = json.loads(made.out)
        assert said["user_id"] == "@toko:localhost"
        assert said["access"]["base_url"] == "http://127.0.0.1:8020/bot"
        again = json.loads(call("bot", "create", "toko", "--api", "telegram", "--homeserver", server.url).out)
        assert (again["device_id"], again["access"]["id"]) == (said["device_id"], said["access"]["id"])
        other = call("bot", "create", "toko", "--api", "cloud", "--homeserver", server.url)
        assert (other.code, "of the telegram API already" in other.err) == (1, True)
    tokens = Tokens(Path(said["data"]))
    assert tokens.find(said["token"], now_ms=0) is None, "who makes it again ends its first token"
    assert tokens.find(again["token"], now_ms=0)

    added = call("bot", "token", "toko", "add", "kasir", "--days", "3").out.strip()
    assert added.startswith(f"{said['access']['id']}:")
    assert "kasir\tread,write,manage\tmade " in call("bot", "token", "toko", "list").out
    assert call("bot", "token", "toko", "revoke", "kasir").code == 0
    assert tokens.find(added, now_ms=0) is None
    assert call("bot", "token", "toko", "revoke", "kasir").code == 1
    assert call("bot", "token", "toko", "add").code == 2
    assert call("bot", "token", "toko", "add", "x", "--days", "0").code == 2
    assert call("bot", "token", "toko", "add", "x", "--days", "1", "--hours", "1").code == 2
    assert "among read, write, manage" in call("bot", "token", "toko", "add", "x", "--scopes", "read,all").err
    brief = call("bot", "token", "toko", "add", "papan", "--hours", "2", "--scopes", "read").out.strip()
    found = tokens.find(brief, now_ms=0)
    assert found is not None
    assert found.scopes == ("read",)
    assert "papan\tread\tmade " in call("bot", "token", "toko", "list").out
    assert "holds no bot" in call("bot", "token", "warung", "list").err


def test_a_bots_data_may_lie_in_postgresql(call: Call, tmp_path: Path, postgres_url: str) -> None:
    with lab(tmp_path) as server:
        create = ("bot", "create", "toko", "--api", "cloud", "--homeserver", server.url)
        made = call(*create, "--database", postgres_url)
        assert made.code == 0, made.err
        folder = Path(json.loads(made.out)["data"])
        assert (folder / "database.url").read_text().strip() == postgres_url
        assert not (folder / "gateway.db").exists()
        assert call(*create).code == 0, "it knows where"
        moved = call(*create, "--database", f"{postgres_url}&application_name=other")
        assert (moved.code, "keeps its data elsewhere" in moved.err) == (4, True)


async def test_a_gateway_that_runs_tells_people_of_a_token_at_once(
    at_work: BotAtWork, call: Call, tmp_path: Path
) -> None:
    async def token(*arguments: str) -> int:
        done = await asyncio.to_thread(call, "bot", "token", "bot", *arguments, "--data", tmp_path)
        return done.code

    async def is_told() -> bool:
        path = f"/profile/{at_work.bot.user_id}/{PROGRAMS_FIELD}"
        told = (await at_work.person.get(path)).json.get(PROGRAMS_FIELD, {"programs": []})
        return ["until" in each for each in told["programs"]] == ended

    ended: list[bool] = []
    assert await token("list") == 0
    serving = asyncio.create_task(serve_own({"bot": at_work.bot}, tmp_path / SOCKET))
    await until(lambda: asyncio.to_thread((tmp_path / SOCKET).exists))
    assert await token("add", "kasir") == 0
    ended = [False]
    await until(is_told)
    assert await token("revoke", "kasir") == 0
    ended = [True]
    await until(is_told)
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)

    serving = asyncio.create_task(serve_own({}, tmp_path / SOCKET))
    await until(lambda: asyncio.to_thread((tmp_path / SOCKET).exists))
    assert await token("add", "papan") == 0, "also where the gateway does not run this bot yet"
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)
