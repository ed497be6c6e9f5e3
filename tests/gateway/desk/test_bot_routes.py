"""A bot at the desk: who looks after it sees its deliveries, replays them, and changes its tokens."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from amanat.gateway.bots.api import Webhook
from tests.gateway.bots.conftest import at_work, town
from tests.gateway.desk.office import BUDI, DeskOffice, Served, served
from tests.gateway.service.bot_at_work import BotAtWork

__all__ = ["at_work", "town"]


@pytest.fixture
async def desk(at_work: BotAtWork, desk_office: DeskOffice, tmp_path: Path) -> AsyncIterator[Served]:
    """The desk of a service and a bot."""
    async with served(desk_office, at_work.bot, folder=tmp_path) as held:
        yield held


async def _fails(at_work: BotAtWork) -> None:
    """Let two tries of the same update fail, and a third bring it."""
    at_work.receiver.fails = 2
    await at_work.line.set_webhook(Webhook(url="https://budi:geheim@bot.example/hook?key=geheim", kinds=("Came",)))
    await (await at_work.visitor()).writes("halo, ini rahasia")
    await at_work.receiver.gets(1)
    await at_work.nothing_waits()


async def test_deliveries_are_seen_opened_and_replayed(desk: Served, at_work: BotAtWork) -> None:
    await _fails(at_work)
    agent = desk.browser(BUDI, role="agent", office=at_work.bot)
    listed = await agent.get("bot/deliveries")
    tries = listed.json()["deliveries"]
    assert [(each["status"], each["state"]) for each in tries] == [
        (200, "delivered"),
        (503, "retried"),
        (503, "retried"),
    ]
    assert b"rahasia" not in listed.content
    assert b"later" not in listed.content, "an answer may repeat what somebody said"
    last = tries[1]["position"]
    opened = (await agent.get(f"bot/deliveries/{last}")).json()
    assert "halo, ini rahasia" in opened["body"]
    assert opened["answer"] == "later"
    await agent.get(f"bot/deliveries/{last}")

    assert (await agent.post(f"bot/deliveries/{last}/replay")).status_code == 200
    came = await at_work.receiver.gets(2)
    assert came[0] == came[1]
    for gone in ("999", "x", "9" * 30):
        assert (await agent.get(f"bot/deliveries/{gone}")).json()["code"] == "NO_SUCH"
        assert (await agent.post(f"bot/deliveries/{gone}/replay")).json()["code"] == "NO_SUCH"
    lead = desk.browser(BUDI, role="lead", office=at_work.bot)
    acts = (await lead.get("trail")).json()["acts"]
    assert [(act["what"], act["about"]) for act in acts] == [("replayed", f"{last}"), ("delivery_opened", f"{last}")]


async def test_a_webhook_is_tested(desk: Served, at_work: BotAtWork) -> None:
    agent = desk.browser(BUDI, role="agent", office=at_work.bot)
    assert (await agent.post("bot/deliveries")).json()["code"] == "NOT_NOW"
    await at_work.line.set_webhook(Webhook(url="https://bot.example/hook"))
    assert (await agent.post("bot/deliveries")).status_code == 200
    (noted,) = (await agent.get("bot/deliveries")).json()["deliveries"]
    assert (noted["kind"], noted["status"], noted["state"]) == ("test", 200, "delivered")
    soon = await agent.post("bot/deliveries")
    assert (soon.status_code, soon.json()["code"]) == (429, "LIMIT_EXCEEDED")
    lead = desk.browser(BUDI, role="lead", office=at_work.bot)
    assert [act["what"] for act in (await lead.get("trail")).json()["acts"]] == ["tested"]
    editor = desk.browser(BUDI, role="editor", office=at_work.bot)
    assert (await editor.post("bot/deliveries")).status_code == 403


async def test_its_state_says_where_what_people_say_goes_and_no_secret(desk: Served, at_work: BotAtWork) -> None:
    editor = desk.browser(BUDI, role="editor", office=at_work.bot)
    idle = (await editor.get("bot")).json()
    assert (idle["webhook"], idle["waiting"], idle["last_failure"]) == (None, 0, None)
    await _fails(at_work)
    state = (await editor.get("bot")).json()
    assert state["about"] == {"name": "Bot", "api": "telegram", "username": "bot", "number": 77}
    assert state["webhook"]["url"] == "https://bot.example/hook"
    assert state["webhook"]["since_ts"] > 0
    assert (state["last_failure"]["status"], state["last_failure"]["reason"]) == (503, "")
    (last, *_) = (await editor.get("bot/deliveries")).json()["deliveries"]
    assert (await editor.get(f"bot/deliveries/{last['position']}")).status_code == 403
    assert (await editor.post(f"bot/deliveries/{last['position']}/replay")).status_code == 403
    served_here = (await editor.get("/desk/v1/me")).json()["services"]
    assert [(each["id"], each["name"], each["api"]) for each in served_here] == [("bot", "Bot", "telegram")]


async def test_a_lead_makes_and_revokes_tokens(desk: Served, at_work: BotAtWork) -> None:
    agent = desk.browser("@ani:localhost", role="agent", office=at_work.bot)
    assert (await agent.get("bot/tokens")).status_code == 403
    lead = desk.browser(BUDI, role="lead", office=at_work.bot)
    wanted = {"label": " kasir ", "scopes": ["read", "write"], "hours": 2}
    token = (await lead.post("bot/tokens", wanted)).json()["token"]
    assert at_work.bot.find(token) is not None
    assert (await lead.post("bot/tokens", wanted)).json()["code"] == "ALREADY"
    wrongs: list[dict[str, object]] = [{"label": " "}, {"scopes": []}, {"scopes": ["all"]}, {"hours": 0}]
    for wrong in wrongs:
        assert (await lead.post("bot/tokens", {**wanted, "label": "lain", **wrong})).status_code == 400
    listed = await lead.get("bot/tokens")
    assert token.encode() not in listed.content
    (held,) = listed.json()["tokens"]
    assert (held["label"], held["scopes"], held["holds"]) == ("kasir", ["read", "write"], True)
    assert held["used"] > 0

    assert (await lead.request("DELETE", "bot/tokens/kasir")).status_code == 200
    assert at_work.bot.find(token) is None
    assert (await lead.request("DELETE", "bot/tokens/kasir")).json()["code"] == "NO_SUCH"
    acts = (await lead.get("trail")).json()["acts"]
    assert [(act["what"], act["about"]) for act in acts] == [
        ("token_revoked", "kasir"),
        ("token_added", "kasir read,write"),
    ]


async def test_a_bot_is_no_service_and_a_service_no_bot(
    desk: Served, at_work: BotAtWork, desk_office: DeskOffice
) -> None:
    of_bot = desk.browser(BUDI, role="lead", office=at_work.bot)
    assert (await of_bot.get("inbox")).json()["code"] == "NO_SUCH"
    assert (await of_bot.request("PUT", "staff/@citra:localhost", {"role": "agent"})).status_code == 200
    assert (await of_bot.request("DELETE", "staff/@citra:localhost")).status_code == 200
    of_service = desk.browser(BUDI, role="lead", office=desk_office)
    assert (await of_service.get("bot")).json()["code"] == "NO_SUCH"
