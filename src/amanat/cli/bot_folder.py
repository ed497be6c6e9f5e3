"""Where commands about a bot find its data."""

import argparse
from pathlib import Path

from amanat.cli.failure import Exit, Failure
from amanat.gateway.service import bot_file


def bot_folder(arguments: argparse.Namespace) -> Path:
    """Return the folder of the bot that is named; raises `Failure` where there is none."""
    folder: Path = arguments.data / arguments.name
    if not bot_file.is_bot(folder):
        raise Failure(f"{folder} holds no bot: `amanat bot create` makes one.", code=Exit.WRONG_DATA)
    return folder
