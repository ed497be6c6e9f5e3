"""The words that a person can write anywhere: to the menu, cancel, another language, a human."""

from collections.abc import Iterable

from amanat.gateway.flows import wording
from amanat.gateway.flows.matching import folded, is_near
from amanat.gateway.flows.model import Flow


def command_in(said: str, flow: Flow, *, nearly: bool = False) -> str | None:
    """Return the command that a message is, or the language it asks for; `nearly` forgives a slip.

    Only a message that is nothing but the command counts: "batal" cancels, "kapan saya bisa batal" does not.
    """
    text = folded(said)
    if not text:
        return None
    for command, words in flow.words.items():
        if text in words or (nearly and any(is_near(text, word) for word in words)):
            return command
    return None


def language_in(said: str, flow: Flow) -> str | None:
    """Return the language that a message asks for by its name."""
    text = folded(said)
    return next((code for code in flow.languages if text in map(folded, wording.names_of(code))), None)


def words_of(
    languages: tuple[str, ...], *, own: dict[str, tuple[str, ...]], has_human: bool
) -> dict[str, tuple[str, ...]]:
    """Return the words of every command, a flow's own beside the usual ones, and of every language, all folded."""
    commands = [command for command in wording.COMMANDS if command != "human" or has_human]
    words = {command: _folded((*wording.WORDS[command], *own.get(command, ()))) for command in commands}
    if len(languages) == 1:
        del words["language"]
        return words
    return words | {code: _folded(wording.switch_words(code)) for code in languages}


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(folded, words))
