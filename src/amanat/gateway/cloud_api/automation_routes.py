"""`/{phone}/conversational_automation`: what a bot offers to be asked, kept and told back."""

from typing import Any, Final

from msgspec import Struct, json, to_builtins

from amanat.edge.routes import post
from amanat.gateway.bots.api import Line
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import node_id
from amanat.gateway.cloud_api.reading import at_most, read, read_json
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots

NAME: Final = "conversational_automation"
PROMPTS, PROMPT, COMMANDS, COMMAND, DESCRIPTION = 4, 80, 30, 32, 256

AUTOMATION: Final = f"cloud_api.{NAME}"
"""Among what is kept of a bot."""


class Command(Struct, frozen=True, kw_only=True):
    """A word that people may write behind a `/`."""

    command_name: str
    command_description: str


class Automation(Struct, frozen=True, kw_only=True):
    """What is offered. `prompts`: questions to begin with; `enable_welcome_message`: the bot is told of new chats."""

    enable_welcome_message: bool = False
    prompts: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()


class AutomationRoutes:
    """What bots offer."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @post(f"/{{version}}/{{node}}/{NAME}", auth="none")
    @for_bots("phone")
    async def change(self, visit: Visit) -> dict[str, bool]:
        """Change what is offered; what is not named stays."""
        fields = await visit.fields()
        named = {name: fields[name] for name in Automation.__struct_fields__ if fields.get(name) is not None}
        for name in ("prompts", "commands"):
            # pywa sends its commands as a string of JSON.
            if isinstance(named.get(name), str):
                named[name] = read_json(named[name], at=f"Param {name}")

        def change(kept: bytes | None) -> bytes:
            automation = read(to_builtins(read_automation(kept or b"")) | named, Automation, at="")
            _check(automation)
            return json.encode(automation)

        await visit.line.change_setting(AUTOMATION, change)
        return DONE


async def automation_of(line: Line) -> Automation:
    """Return what a bot offers."""
    return read_automation(await line.setting(AUTOMATION) or b"")


def read_automation(kept: bytes) -> Automation:
    """Return what was kept of it."""
    return json.decode(kept, type=Automation) if kept else Automation()


async def shown(line: Line) -> dict[str, Any]:
    """Return it as a phone's field."""
    return {NAME: {"id": node_id("phone", line.me.number)} | to_builtins(await automation_of(line))}


def _check(automation: Automation) -> None:
    if len(automation.prompts) > PROMPTS:
        raise GraphError(100, f"Param prompts must have at most {PROMPTS}.")
    if len(automation.commands) > COMMANDS:
        raise GraphError(100, f"Param commands must have at most {COMMANDS}.")
    for prompt in automation.prompts:
        at_most(prompt, PROMPT, at="prompts")
    for command in automation.commands:
        at_most(command.command_name, COMMAND, at="command_name")
        at_most(command.command_description, DESCRIPTION, at="command_description")
