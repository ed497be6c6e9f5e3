"""What a bot says of itself to whoever looks at it, as far as people's apps show it. Pure."""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

MOST_COMMANDS: Final = 30
MOST_PROMPTS: Final = 4
ABOUT: Final = 512
HINT: Final = 100
"""Of a command's explanation, in characters: profiles are bounded, and one line shows no more."""
LANGUAGES: Final = ("", "id", "en")
"""Those of people's apps; the first stands for all others."""


class Command(Struct, frozen=True, kw_only=True):
    """A word behind a `/`, without it, and what it does."""

    name: str
    hint: str


class Introduction(Struct, frozen=True, kw_only=True):
    """All of it, by language. `prompts`: questions that one may begin with."""

    v: int = 1
    about: Mapping[str, str] = {}
    commands: Mapping[str, tuple[Command, ...]] = {}
    prompts: tuple[str, ...] = ()


def introduced(
    *, about: Mapping[str, str], commands: Mapping[str, list[tuple[str, str]]], prompts: tuple[str, ...] = ()
) -> Introduction:
    """Return what is shown of what a bot says; what is empty is not."""
    return Introduction(
        about={language: text[:ABOUT] for language, text in about.items() if text.strip()},
        commands={
            language: tuple(Command(name=name, hint=hint[:HINT]) for name, hint in told[:MOST_COMMANDS])
            for language, told in commands.items()
            if told
        },
        prompts=prompts[:MOST_PROMPTS],
    )
