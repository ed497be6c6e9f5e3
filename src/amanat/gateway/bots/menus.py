"""Choices under a bot's message: buttons for apps that know them, numbers for all others. Pure.

The shape is MSC4139's (matrix-org/matrix-spec-proposals#4139), as the flows' menus have it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import count
from typing import Any, Final

from msgspec import Struct

from amanat.core.identifiers import NAMESPACE
from amanat.gateway.bots.bodies import html_of
from amanat.gateway.bots.model import Choice, Json, Wanted, Words

PROMPTS: Final = "org.matrix.msc4139.prompts"
USED_PROMPT: Final = "org.matrix.msc4139.used_prompt"
DESCRIPTION: Final = f"{NAMESPACE}.description"

WANTS: Final = f"{NAMESPACE}.wants"
"""Of a prompt, beside its label: what our app shares when it is chosen. Others send the label, as for any choice."""

OWN_LABELS: Final[Mapping[Wanted, Mapping[str, str]]] = {
    "phone": {"id": "Bagikan nomor telepon", "en": "Share phone number"},
    "place": {"id": "Kirim lokasi", "en": "Send location"},
}
"""Where an API asks for something and has no label for it, by language."""
_HINTS: Final[Mapping[Wanted, str]] = {
    "phone": "lewat aplikasi Amanat, atau tulis nomormu / in the Amanat app, or write your number",
    "place": "kirim lokasimu, atau tulis alamatnya / send your location, or write the address",
}
"""For apps without buttons, in both languages: what a bot's program speaks nobody tells the gateway."""

_ID: Final = re.compile(r"m([0-9]{1,18})/c([0-9]{1,4})", re.ASCII)


class Used(Struct, frozen=True):
    """Which choice of which message a button was."""

    number: int
    index: int


def intro_of(words: Words) -> Json:
    """Return what stands above what a message offers, for an app that shows the offer by itself."""
    shown: list[Json] = [{"body": words.text}]
    if words.html:
        # The best that an app can show comes first: matrix-org/matrix-spec-proposals#1767.
        shown.insert(0, {"body": words.html, "mimetype": "text/html"})
    return {"type": "m.room.message", "content": {"m.text": shown}}


def prompt_id(number: int, index: int) -> str:
    """Return what a choice of a message is called in its content."""
    return f"m{number}/c{index}"


def with_menu(content: Json, words: Words, *, choices: Sequence[Choice], number: int, numbered: bool) -> Json:
    """Return a text's content with choices under it; `numbered` writes them out for apps without buttons."""
    prompts = {
        "intro": intro_of(words),
        "prompts": [_prompt(choice, number, index) for index, choice in enumerate(choices) if not choice.url],
    }
    content = content | {PROMPTS: prompts} if prompts["prompts"] else content
    if not numbered:
        return content
    content = content | {"body": f"{content['body']}\n\n{lines_of(choices, numbers=count(1))}"}
    if "formatted_body" in content or any(choice.url for choice in choices):
        marked = content.get("formatted_body") or html_of(words.text)
        content |= {"format": "org.matrix.custom.html", "formatted_body": f"{marked}{list_of(choices)}"}
    return content


def used_prompt(content: Mapping[str, Any]) -> Used | None:
    """Return which button a content says was pressed; None if none of a bot's."""
    used = content.get(USED_PROMPT)
    found = _ID.fullmatch(str(used.get("id"))) if isinstance(used, Mapping) else None
    return Used(int(found[1]), int(found[2])) if found else None


def chosen_by_words(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the choice that a text names, by its number or its words; None if it names none, or several."""
    said = text.strip().rstrip(".").casefold()
    offered = [choice for choice in choices if not choice.url]
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(offered):
        return offered[int(said) - 1]
    named = [choice for choice in offered if said in _names(choice)]
    return named[0] if len(named) == 1 else None


def _names(choice: Choice) -> set[str]:
    return {label.strip().casefold() for label in (choice.label, *(label for _, label in choice.labels))}


def asking(wants: Wanted) -> Choice:
    """Return a choice that asks for something, in the gateway's own words."""
    return in_our_words(OWN_LABELS[wants], wants=wants)


def in_our_words(labels: Mapping[str, str], *, data: str = "", wants: Wanted = "") -> Choice:
    """Return a choice whose words are the gateway's own, in each language."""
    return Choice(label=next(iter(labels.values())), data=data, wants=wants, labels=tuple(labels.items()))


def _prompt(choice: Choice, number: int, index: int) -> Json:
    prompt: Json = {"type": "preset", "id": prompt_id(number, index), "label": {"m.text": _label(choice)}}
    if choice.wants:
        prompt[WANTS] = choice.wants
    return prompt | ({DESCRIPTION: choice.description} if choice.description else {})


def _label(choice: Choice) -> list[Json]:
    """Return a label; our own ones in each language, as matrix-org/matrix-spec-proposals#3554 has it."""
    return [{"body": label, "lang": language} for language, label in choice.labels] or [{"body": choice.label}]


def lines_of(choices: Sequence[Choice], *, numbers: Iterator[int]) -> str:
    """Return choices written out; those that nothing comes back from have no number."""
    return "\n".join(
        f"{choice.label}: {choice.url}" if choice.url else f"{next(numbers)}. {_told(choice)}" for choice in choices
    )


def list_of(choices: Sequence[Choice], *, first: int = 1) -> str:
    """Return choices as a numbered list of HTML, and their links under it."""
    items = "".join(f"<li>{escape(_told(choice))}</li>" for choice in choices if not choice.url)
    links = "".join(
        f'<p><a href="{escape(choice.url)}">{escape(choice.label)}</a></p>' for choice in choices if choice.url
    )
    start = f' start="{first}"' if first > 1 else ""
    return (f"<ol{start}>{items}</ol>" if items else "") + links


def _told(choice: Choice) -> str:
    described = choice.description or _HINTS.get(choice.wants, "")
    if described:
        return f"{choice.label} \u2013 {described}"
    return " / ".join(label for _, label in choice.labels) or choice.label
