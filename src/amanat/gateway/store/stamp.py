"""What a service's data is stamped with at its first start, in its folder and in its database, and never differs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

MODE: Final = "gateway"
"""Stands where a server's data names its command, so that neither opens the other's."""


class WrongData(Exception):
    """This data is another service's, or no service's at all: its sentence says which."""


class NoService(WrongData):
    """There is no service where one was looked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder} holds no service: `amanat service create` makes one.")


class ServiceStamp(Struct, frozen=True, kw_only=True):
    """Whose data it is. `server_name` and `mode` are what a server's own data says of itself, too."""

    server_name: str
    user_id: str
    created_ts: int
    mode: str = MODE

    def meta(self) -> dict[str, str]:
        """Return it as the rows that the database keeps."""
        return {
            "server_name": self.server_name,
            "user_id": self.user_id,
            "created_ts": str(self.created_ts),
            "mode": self.mode,
        }

    def check(self, held: Mapping[str, str]) -> None:
        """Raise `WrongData` if data that bears a stamp bears another."""
        if not held:
            return
        refuse_other_mode(held.get("mode", ""))
        if held["user_id"] != self.user_id:
            raise WrongData(f"This data is of the service {held['user_id']}, not of {self.user_id}.")


def refuse_other_mode(mode: str) -> None:
    """Raise `WrongData` for data that another command made."""
    if mode != MODE:
        raise WrongData("This data is a server's, and a service has data of its own: name another place for it.")
