"""What a token needs for a method, and what it hears that lacks it."""

import pytest

from amanat.gateway.bots.scopes import Scope
from amanat.gateway.telegram_bot_api.scopes import scope_of
from tests.gateway.telegram_bot_api.served import SECRET, ServedBot


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        ("getMe", None),
        ("getUpdates", "read"),
        ("GETFILE", "read"),
        ("deleteWebhook", "read"),
        ("sendMessage", "write"),
        ("editMessageText", "write"),
        ("deleteMessages", "write"),
        ("setMessageReaction", "write"),
        ("setWebhook", "manage"),
        ("deleteMyCommands", "manage"),
        ("editChatInviteLink", "manage"),
        ("leaveChat", "manage"),
        ("whoKnowsWhat", "manage"),
    ],
)
def test_which_scope_a_method_needs(method: str, scope: Scope | None) -> None:
    assert scope_of(method) == scope


async def test_a_token_does_what_it_may_and_no_more(bot: ServedBot) -> None:
    reads = f"77:{SECRET[:-1]}r"
    bot.at_work.bot.tokens.add(reads, label="papan", now_ms=1, scopes=("read",))
    for method, status in (("getMe", 200), ("getUpdates", 200), ("sendMessage", 403), ("setWebhook", 403)):
        answer = await bot.http.post(f"{bot.url}/bot{reads}/{method}", json={})
        assert answer.status_code == status, method
    assert answer.json() == {"ok": False, "error_code": 403, "description": "Forbidden: this token has no scope manage"}
    worker = bot.at_work.bot
    assert {token.label for token in worker.tokens.all() if token.digest in worker.uses.all()} == {"papan"}
