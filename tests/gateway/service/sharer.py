"""Somebody who shares their phone number with a bot, as our app does it."""

from typing import Final

from tests.gateway.service.at_work import Visitor
from tests.gateway.service.bot_at_work import BotAtWork, send
from tests.product.rights.people import give_number

NUMBER: Final = "+6281234567834"


async def allows(visitor: Visitor, at_work: BotAtWork) -> None:
    """Let the bot read the number."""
    path = f"/_amanat/v1/ledger/grants/{at_work.person.user_id}"
    assert (await visitor.citizen.person.put(path, {"scopes": ["profile.phone"]})).status == 200


async def takes_back(visitor: Visitor, at_work: BotAtWork) -> None:
    """Let the bot read it no more."""
    path = f"/_amanat/v1/ledger/grants/{at_work.person.user_id}"
    assert (await visitor.citizen.person.delete(path)).status == 200


async def says_so(visitor: Visitor, **more: object) -> str:
    """Say in the chat that the number is shared, which is all that the app says."""
    return await send(visitor, {"msgtype": "m.text", "body": "Nomor saya", "id.amanat.shared": "phone", **more})


async def shares(visitor: Visitor, at_work: BotAtWork, number: str = NUMBER) -> str:
    """Have a number that the server tested, and share it."""
    await give_number(at_work.town.server, visitor.citizen.person, number)
    await allows(visitor, at_work)
    return await says_so(visitor)
