"""Who may be invited: people of this server who take invitations. Spec: client-server-api#invite-permission."""

from collections.abc import Mapping, Sequence

import msgspec

from amanat.core.errors import Forbidden, InvalidParam, InviteBlocked
from amanat.core.identifiers import is_user_id, server_of
from amanat.db.tx import Need, Tx
from amanat.handlers.people import Appearance, People
from amanat.store.account_data import ACCOUNT_DATA, ACCOUNT_DATA_BY_TYPE, NO_ROOM
from amanat.store.store import Store

# The stable name, and the one of MSC4380 that clients of before 1.18 set.
_CONFIGS = ("m.invite_permission_config", "org.matrix.msc4380.invite_permission_config")


class Invitations:
    """Checks those to be invited, before and inside the unit that invites them."""

    def __init__(self, people: People, *, server_name: str) -> None:
        self._people = people
        self._server_name = server_name

    async def appearances(self, user_ids: Sequence[str]) -> Mapping[str, Appearance]:
        """Return the appearances of all of them; raises if one is not of this server, or does not exist."""
        for user_id in user_ids:
            if not is_user_id(user_id):
                raise InvalidParam("A user id is of the form @localpart:server.")
            if server_of(user_id) != self._server_name:
                raise Forbidden("This server does not federate: only its own people can be invited.")
        appearances = await self._people.of(user_ids) if user_ids else {}
        if any(user_id not in appearances for user_id in user_ids):
            raise Forbidden("There is no account here by that user id.")
        return appearances

    def needs(self, user_ids: Sequence[str]) -> list[Need]:
        """Return what `refuse_blocked` reads."""
        return [(ACCOUNT_DATA, (user_id, NO_ROOM, config)) for user_id in user_ids for config in _CONFIGS]

    def refuse_blocked(self, tx: Tx, user_id: str) -> None:
        """Refuse to invite somebody whose settings block invitations."""
        for config in _CONFIGS:
            row = tx.get(ACCOUNT_DATA, user_id, NO_ROOM, config)
            if row is not None and _blocks(row.content):
                raise InviteBlocked()


async def takes_no_invitations(store: Store, user_id: str) -> bool:
    """Whether somebody's settings block invitations: then those that they have are not shown either."""
    rows = [await store.first(ACCOUNT_DATA_BY_TYPE, user_id=user_id, room_id=NO_ROOM, type=each) for each in _CONFIGS]
    return any(row is not None and _blocks(row.content) for row in rows)


def _blocks(content: bytes) -> bool:
    config = msgspec.json.decode(content)
    return isinstance(config, dict) and config.get("default_action") == "block"
