"""Both APIs on one address: a path says whose it is, a token says whose bot it is."""

from amanat.gateway.bots.api import Me
from amanat.gateway.bots.tokens import Tokens, make_secret
from amanat.gateway.service.bot_apis import BotApis, BotsOf
from amanat.gateway.service.bot_file import BotFile
from tests.edge.asking import ask
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


async def test_who_is_let_in_where(at_work: BotAtWork) -> None:
    token = f"{at_work.bot.line.me.number}:{make_secret()}"
    Tokens(at_work.folder).add(token, label="satu", now_ms=0)
    bots = BotsOf("telegram", [at_work.bot])
    admitted = bots.of_token(token)
    assert admitted is not None
    assert (admitted.line, admitted.token.label) == (at_work.bot.line, "satu")
    assert bots.of_number(at_work.bot.line.me.number) is at_work.bot.line
    for wrong in ("", token + "x", "77", ":" + token, f"{'9' * 30}:x"):
        assert bots.of_token(wrong) is None
    assert BotsOf("cloud", [at_work.bot]).of_token(token) is None

    apis = BotApis()
    plain = BotFile(api="cloud", number=1, name="b", secret="s")
    wide = BotFile(api="cloud", number=2, name="b", secret="s", window="off", offers_a_day=5)
    assert apis.of(plain) is apis.of(wide)
    windows = [apis.decided(Me(number=number, username="b", name="b")).window for number in (1, 2, 3)]
    assert windows == ["24h", "off", "24h"]
    offers = [apis.decided(Me(number=number, username="b", name="b")).offers_a_day for number in (1, 2, 3)]
    assert offers == [2, 5, 2]
    application = apis.application([at_work.bot], url="http://127.0.0.1:8020")
    try:
        telegram = await ask(application, "GET", f"/bot{token}/getMe")
        assert telegram.json["result"]["id"] == at_work.bot.line.me.number
        cloud = await ask(application, "GET", f"/v23.0/1{at_work.bot.line.me.number}")
        assert (cloud.status, cloud.json["error"]["code"]) == (401, 190)
        Tokens(at_work.folder).revoke("satu", now_ms=1)
        assert (await ask(application, "GET", f"/bot{token}/getMe")).status == 401
    finally:
        await apis.close()
