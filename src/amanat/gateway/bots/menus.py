"""Choices under a bot's message: buttons for apps that know them, numbers for all others. Pure.

The shape is MSC4139's (matrix-org/matrix-spec-proposals#4139), as the flows' menus have it.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from msgspec import Struct

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.model import Choice, Json, Words

PROMPTS: Final = "org.matrix.msc4139.prompts"
USED_PROMPT: Final = "org.matrix.msc4139.used_prompt"
DESCRIPTION: Final = f"{NAMESPACE}.description"

_ID: Final = re.compile(r"m([0-9]{1,18})/c([0-9]{1,4})", re.ASCII)


class Used(Struct, frozen=True):
    """Which choice of which message a button was."""

    number: int
    index: int


def with_menu(content: Json, words: Words, *, choices: Sequence[Choice], number: int, numbered: bool) -> Json:
    """Return a text's content with choices under it; `numbered` writes them out for apps without buttons."""
    shown: list[Json] = [{"body": words.text}]
    if words.html:
        # The best that an app can show comes first: matrix-org/matrix-spec-proposals#1767.
        shown.insert(0, {"body": words.html, "mimetype": "text/html"})
    prompts = {
        "intro": {"type": "m.room.message", "content": {"m.text": shown}},
        "prompts": [_prompt(choice, number, index) for index, choice in enumerate(choices) if not choice.url],
    }
    content = content | {PROMPTS: prompts} if prompts["prompts"] else content
    if not numbered:
        return content
    content = content | {"body": f"{content['body']}\n\n{_lines(choices)}"}
    if "formatted_body" in content or any(choice.url for choice in choices):
        marked = content.get("formatted_body") or escape(words.text).replace("\n", "<br>")
        content |= {"format": "org.matrix.custom.html", "formatted_body": f"{marked}{_list(choices)}"}
    return content


def used_prompt(content: Mapping[str, Any]) -> Used | None:
    """Return which button a content says was pressed; None if none of a bot's."""
    used = content.get(USED_PROMPT)
    found = _ID.fullmatch(str(used.get("id"))) if isinstance(used, Mapping) else None
    return Used(int(found[1]), int(found[2])) if found else None


def chosen_by_words(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the choice that a text names, by its number or its words; None if it names none."""
    said = text.strip().rstrip(".").casefold()
    offered = [choice for choice in choices if not choice.url]
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(offered):
        return offered[int(said) - 1]
    return next((choice for choice in offered if choice.label.strip().casefold() == said), None)


def _prompt(choice: Choice, number: int, index: int) -> Json:
    prompt: Json = {"type": "preset", "id": f"m{number}/c{index}", "label": {"m.text": [{"body": choice.label}]}}
    return prompt | ({DESCRIPTION: choice.description} if choice.description else {})


def _lines(choices: Sequence[Choice]) -> str:
    numbers = iter(range(1, len(choices) + 1))
    return "\n".join(
        f"{choice.label}: {choice.url}" if choice.url else f"{next(numbers)}. {_told(choice)}" for choice in choices
    )


def _list(choices: Sequence[Choice]) -> str:
    items = "".join(f"<li>{escape(_told(choice))}</li>" for choice in choices if not choice.url)
    links = "".join(
        f'<p><a href="{escape(choice.url)}">{escape(choice.label)}</a></p>' for choice in choices if choice.url
    )
    return (f"<ol>{items}</ol>" if items else "") + links


def _told(choice: Choice) -> str:
    return f"{choice.label} \u2013 {choice.description}" if choice.description else choice.label
