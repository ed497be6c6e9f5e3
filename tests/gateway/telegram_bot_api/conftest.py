"""A bot whose program speaks the Telegram Bot API, on a server in this process."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.device.conftest import town
from tests.gateway.device.town import Town
from tests.gateway.telegram_bot_api.served import ServedBot, served

__all__ = ["town"]


@pytest.fixture
async def bot(town: Town, tmp_path: Path) -> AsyncIterator[ServedBot]:
    """A bot with nobody in its chats yet."""
    async with served(town, tmp_path / "bot") as bot:
        yield bot
