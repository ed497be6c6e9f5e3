"""Who is asking: the person and device behind an access token."""

from msgspec import Struct


class Requester(Struct, frozen=True, kw_only=True):
    """An authenticated caller. `token_hash` names the access token without being one."""

    user_id: str
    device_id: str
    token_hash: bytes
    is_admin: bool = False
