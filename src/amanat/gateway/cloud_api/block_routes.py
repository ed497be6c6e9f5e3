"""`/{phone}/block_users`: whom a bot does not hear, and may not write to. They are told nothing of it."""

from typing import Any, Final

from msgspec import Struct

from amanat.edge.routes import delete, get, post
from amanat.gateway.bots.api import Line
from amanat.gateway.bots.model import Person
from amanat.gateway.cloud_api.errors import GraphError, in_status
from amanat.gateway.cloud_api.ids import display_number, read_user_id, user_id, wa_id
from amanat.gateway.cloud_api.paging import paging
from amanat.gateway.cloud_api.settings import Decide
from amanat.gateway.cloud_api.visits import Visit, Visits, for_bots

AT_ONCE: Final = 100
"""In one request."""
PAGE: Final = 1_000

_EDGE: Final = "/{version}/{node}/block_users"
_NOBODY: Final = "This person has never written to the bot."


class _User(Struct):
    user: str | int | None = None
    user_id: str | None = None

    @property
    def named(self) -> str:
        return str(self.user_id or self.user or "").strip()


class _Asked(Struct):
    block_users: list[_User]


class BlockRoutes:
    """The block lists of bots."""

    def __init__(self, visits: Visits, *, base_url: str, settings: Decide) -> None:
        self.visits = visits
        self._base_url = base_url
        self._settings = settings

    @get(_EDGE, auth="none")
    @for_bots("phone")
    async def listed(self, visit: Visit) -> dict[str, Any]:
        """List who is blocked."""
        after, most = visit.request.query("after") or "0", visit.request.query_int("limit", PAGE, minimum=1)
        if not (after.isascii() and after.isdigit() and len(after) <= 18):
            raise GraphError(100, "Param after is no cursor of this list.")
        found = await visit.line.blocked(after=int(after), most=min(most, PAGE) + 1)
        shown = found[: min(most, PAGE)]
        # `input` is what they were blocked by, which is not kept: pywa reads it here, too.
        told = [
            {"messaging_product": "whatsapp", "input": user_id(person)} | self._person(visit, person)
            for person in shown
        ]
        if not shown:
            return {"data": told, "paging": {"cursors": {}}}
        first, last, more = shown[0].number, shown[-1].number, len(found) > len(shown)
        return {
            "data": told,
            "paging": paging(visit.request, base_url=self._base_url, first=first, last=last, more=more),
        }

    @post(_EDGE, auth="none")
    @for_bots("phone")
    async def block(self, visit: Visit) -> dict[str, Any]:
        """Hear some people no more."""
        return await self._set(visit, blocked=True)

    @delete(_EDGE, auth="none")
    @for_bots("phone")
    async def unblock(self, visit: Visit) -> dict[str, Any]:
        """Hear some people again."""
        return await self._set(visit, blocked=False)

    async def _set(self, visit: Visit, *, blocked: bool) -> dict[str, Any]:
        users = (await visit.read(_Asked)).block_users
        if not 1 <= len(users) <= AT_ONCE:
            raise GraphError(100, f"Param block_users must name 1 to {AT_ONCE} people.")
        done: list[dict[str, Any]] = []
        failed: list[dict[str, Any]] = []
        for user in users:
            number = await _number(visit.line, user.named)
            person = None if number is None else await visit.line.block(number, blocked=blocked)
            if person is None:
                why = "The bot cannot block itself." if user.named == display_number(visit.line.me) else _NOBODY
                failed.append({"input": user.named, "errors": [in_status(131026, why)]})
            else:
                done.append({"input": user.named} | self._person(visit, person))
        told: dict[str, Any] = {"added_users" if blocked else "removed_users": done}
        answer: dict[str, Any] = {"messaging_product": "whatsapp", "block_users": told}
        if failed:
            told["failed_users"] = failed
            answer["errors"] = GraphError(139100).body()["error"]
        return answer

    def _person(self, visit: Visit, person: Person) -> dict[str, str]:
        number = wa_id(person, stand_in=self._settings(visit.line.me).stand_in_numbers)
        return {"user_id": user_id(person)} | ({"wa_id": number} if number else {})


async def _number(line: Line, named: str) -> int | None:
    """Return the number of somebody who is named as in a message's `to`."""
    digits = named.removeprefix("+").replace(" ", "").replace("-", "")
    number = read_user_id(digits)
    if number is not None or not (digits.isascii() and digits.isdigit()):
        return number
    person = await line.person_of_phone(f"+{digits}")
    return person.number if person else None
