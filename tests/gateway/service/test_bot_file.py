"""What a bot is, in a file of its folder."""

from pathlib import Path

from amanat.gateway.service import bot_file
from amanat.gateway.service.bot_file import BotFile


def test_it_is_read_as_it_was_written_and_shows_no_secret(tmp_path: Path) -> None:
    assert not bot_file.is_bot(tmp_path)
    bot = BotFile(api="cloud", number=7, name="Bot", secret="rahasia")
    bot_file.write(tmp_path, bot)
    assert bot_file.is_bot(tmp_path)
    assert bot_file.read(tmp_path) == bot
    assert "rahasia" not in repr(bot)
    assert (tmp_path / bot_file.FILE).stat().st_mode & 0o077 == 0
