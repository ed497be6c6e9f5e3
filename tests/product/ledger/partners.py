"""Partners for tests: admitted as the operator does, reading as a program of theirs would."""

from typing import Any

from msgspec import Struct, json

from tests.edge.asking import ask
from tests.server import Person, Reply, Server

BASIC = "profile.basic"


class Partner(Struct, frozen=True):
    """A partner with its token."""

    server: Server
    partner_id: str
    token: str

    async def read(self, user_id: str, fields: str = "handle", purpose: str = "To print your name.") -> Reply:
        """Read something of a person."""
        path = f"/_amanat/v1/partner/people/{user_id}"
        return await self.server.request("GET", path, query={"fields": fields, "purpose": purpose}, token=self.token)

    async def revoke(self) -> None:
        """Be sent away."""
        assert (await operate(self.server, "POST", f"/partners/{self.partner_id}/revoke", {})).status == 200


async def operate(server: Server, method: str, path: str, body: Any = None) -> Reply:
    """Ask as the operator, through the admin socket's application."""
    sent = b"" if body is None else json.encode(body)
    answered = await ask(server.amanat.admin_app, method, path, body=sent)
    return Reply(answered.status, answered.json)


async def admit(server: Server, *scopes: str, **more: Any) -> Partner:
    """Admit a partner."""
    made = await operate(server, "POST", "/partners", {"name": "Kantor Contoh", "scopes": scopes or [BASIC]} | more)
    assert made.status == 200, made.json
    return Partner(server, made.json["partner_id"], made.json["token"])


async def allow(person: Person, partner: Partner, *scopes: str) -> Reply:
    """Let a person allow a partner something."""
    return await person.put(f"/_amanat/v1/ledger/grants/{partner.partner_id}", {"scopes": scopes or [BASIC]})


async def reads(person: Person, **query: Any) -> Any:
    """What a person's ledger says."""
    reply = await person.get("/_amanat/v1/ledger", **query)
    assert reply.status == 200, reply.json
    return reply.json["reads"]
