"""Buttons and lists in the shape of MSC4139, and the answers that name them. Pure.

The proposal (matrix-org/matrix-spec-proposals#4139) is a draft: its identifiers carry the prefix that it asks for.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.flows.model import Option

PROMPTS: Final = "org.matrix.msc4139.prompts"
USED_PROMPT: Final = "org.matrix.msc4139.used_prompt"
DESCRIPTION: Final = f"{NAMESPACE}.description"
"""Of a prompt, beside its label: the proposal knows no second line."""

MAX_ID: Final = 200
"""Of a prompt, in characters: what the bot APIs allow for the row of a list."""

_ID: Final = re.compile(r"([a-z][a-z0-9_]*)/([a-z][a-z0-9_]*)", re.ASCII)


class Used(Struct, frozen=True):
    """The button that was pressed, and the menu that it stood in."""

    menu: str
    option: str


def prompts(options: Sequence[Option], *, menu: str, intro: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a content that apps with buttons show; `intro` is what they show in place of its body."""
    return {
        "intro": {"type": "m.room.message", "content": dict(intro)},
        "prompts": [_prompt(option, menu) for option in options],
    }


def used_prompt(content: Mapping[str, Any]) -> Used | None:
    """Return which button a content says was pressed; None if none of a flow's."""
    used = content.get(USED_PROMPT)
    prompt_id = used.get("id") if isinstance(used, Mapping) else None
    if not isinstance(prompt_id, str) or len(prompt_id) > MAX_ID:
        return None
    parts = _ID.fullmatch(prompt_id)
    return Used(parts[1], parts[2]) if parts else None


def _prompt(option: Option, menu: str) -> dict[str, Any]:
    prompt = {"type": "preset", "id": f"{menu}/{option.id}", "label": {"m.text": [{"body": option.title}]}}
    return prompt | {DESCRIPTION: option.description} if option.description else prompt
