"""The templates of a bot, kept as one row: they are few, and read together."""

from typing import Final

from msgspec import json

from amanat.gateway.bots.api import Line
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.templates import MOST, Template

_NAME: Final = "cloud_api.templates"
_EXISTS: Final = 2388024
"""Meta's subcode for a template that is there in this language already."""


async def all_of(line: Line) -> list[Template]:
    """Return every template of a bot, the oldest first."""
    kept = await line.setting(_NAME)
    return [] if kept is None else json.decode(kept, type=list[Template])


async def find(line: Line, name: str, *, language: str) -> Template:
    """Return the template that a message is of; raises `GraphError` where it cannot be sent."""
    for template in await all_of(line):
        if template.name == name and template.language == language:
            if template.status == "APPROVED":
                return template
            raise GraphError(132016, f"The template {name} was rejected: {template.rejected_reason}.")
    raise GraphError(132001, f"template name ({name}) does not exist in {language}")


async def put(line: Line, template: Template) -> None:
    """Keep a template, in place of the one of its number; raises where its name is taken in this language."""
    others = [each for each in await all_of(line) if each.number != template.number]
    if any(each.name == template.name and each.language == template.language for each in others):
        raise GraphError(100, f"There is content in {template.language} for {template.name} already.", subcode=_EXISTS)
    if len(others) >= MOST:
        raise GraphError(100, f"A business may have {MOST} templates.")
    await keep(line, sorted([*others, template], key=lambda each: each.number))


async def drop(line: Line, name: str, *, number: int | None) -> bool:
    """Forget a template in every language, or the one of a number; whether there was any."""
    templates = await all_of(line)
    kept = [each for each in templates if each.name != name or (number is not None and each.number != number)]
    if len(kept) < len(templates):
        await keep(line, kept)
    return len(kept) < len(templates)


def next_number(templates: list[Template]) -> int:
    """Return the number of a new template: time and again a larger one, as long as the last is there."""
    return max((each.number for each in templates), default=0) + 1


async def keep(line: Line, templates: list[Template]) -> None:
    """Keep these, and no others."""
    await line.keep_setting(_NAME, json.encode(templates))
