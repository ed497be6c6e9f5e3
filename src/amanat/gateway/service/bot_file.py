"""What a bot is besides a service's account: its API, its number and its secret, in a file of its folder."""

from pathlib import Path
from typing import Final, Literal

from msgspec import Struct, json

from amanat.db.files import write_durably

FILE: Final = "bot.json"
ApiName = Literal["telegram", "cloud"]
Window = Literal["24h", "7d", "off"]


class BotFile(Struct, frozen=True, kw_only=True):
    """What `amanat bot create` settles once. `secret`: see `Line.secret`.

    `window` and `stand_in_numbers` are of the Cloud API: how long after what somebody said the bot may write what it
    likes, and whether people who shared no number have one of nobody's, for libraries that know no other id.
    `offers_a_day`: to one person who answers none of them, of the Cloud API, too. `app`: where people open the app of
    its homeserver; empty where it serves none.
    """

    api: ApiName
    number: int
    name: str
    secret: str
    hears_groups: bool = False
    window: Window = "24h"
    stand_in_numbers: bool = False
    app: str = ""
    offers_a_day: int = 2

    def __repr__(self) -> str:
        return f"BotFile({self.api}, {self.number})"


def is_bot(folder: Path) -> bool:
    """Whether a service's folder is a bot's."""
    return (folder / FILE).is_file()


def read(folder: Path) -> BotFile:
    """Read what a bot is."""
    return json.decode((folder / FILE).read_bytes(), type=BotFile)


def write(folder: Path, bot: BotFile) -> None:
    """Write what a bot is."""
    write_durably(folder / FILE, json.encode(bot), mode=0o600)
