"""Who is asking: the person and device behind an access token."""

from typing import Literal, TypeAlias

from msgspec import Struct

from amanat.core.errors import UserLocked, UserSuspended

AccountState: TypeAlias = Literal["free", "suspended", "locked"]
"""What the operator leaves an account: everything, reading and leaving, or logging out."""


class Requester(Struct, frozen=True, kw_only=True):
    """An authenticated caller. `token_hash` names the access token without being one."""

    user_id: str
    device_id: str
    token_hash: bytes
    is_admin: bool = False
    state: AccountState = "free"

    def check(self, allows: AccountState) -> None:
        """Refuse what is only for accounts in a better state than this one's."""
        # spec: client-server-api#account-locking
        if self.state == "locked" and allows != "locked":
            raise UserLocked
        # spec: client-server-api#account-suspension
        if self.state == "suspended" and allows == "free":
            raise UserSuspended
