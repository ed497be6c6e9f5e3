"""A lab has a bot of each API, and says how programs reach it. That they talk is told in `gateway/telegram_bot_api`."""

import json
from pathlib import Path

from amanat.cli import sample_bots
from amanat.gateway.bots.tokens import Tokens, make_secret
from amanat.gateway.service import bot_file
from amanat.gateway.service.bot_creating import MadeBot
from amanat.gateway.service.bot_file import BotFile


def test_what_programs_are_given(tmp_path: Path) -> None:
    made = []
    for number, (name, api) in enumerate(sample_bots.NAMES.items(), start=1):
        folder = tmp_path / name
        folder.mkdir()
        bot_file.write(folder, BotFile(api=api, number=number, name=name, secret="s"))
        token = f"{number}:{make_secret()}"
        Tokens(folder).add(token, label="first", now_ms=0)
        made.append(
            MadeBot(
                user_id=f"@{name}:localhost",
                device_id="D",
                homeserver="http://127.0.0.1:1",
                data=str(folder),
                owner="",
                link="",
                token=token,
                access={},
            )
        )
    access = json.loads(json.dumps(sample_bots.access_to(made, url="http://127.0.0.1:9")))
    assert access["telegram"]["token"] == made[0].token
    assert access["telegram"]["base_url"].startswith("http://127.0.0.1:9/bot")
    assert access["cloud"]["access_token"] == made[1].token
