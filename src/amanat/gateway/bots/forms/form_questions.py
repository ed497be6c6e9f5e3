"""A form's fields as questions in a chat, and the sum of the answers. Pure."""

from amanat.gateway.bots.forms.form_words import HOW, REASONS, WORDS, YES, Language
from amanat.gateway.forms.asking import Asked, Done, Line
from amanat.gateway.forms.fields import EMPTY, Reason
from amanat.gateway.forms.sense import State, as_text, holds, resolve, text
from amanat.gateway.forms.written import offered, shown

_HIDDEN = "\u2022" * 4
"""In place of what the form says is not to be shown again."""
MOST = 8_000
"""Of what is said at once, in characters."""


def question(asked: Asked, *, language: Language) -> str:
    """Return what asks for a field."""
    part, state, words = asked.part, asked.state, WORDS[language]
    options = [_option(place, option.title, option.description) for place, option in enumerate(offered(part, state), 1)]
    start = resolve(part.start, state)
    hints = [HOW[language].get(part.kind, "")]
    if not holds(part.required, state):
        hints.append(words["optional"])
    if start is not None and (told := shown(part, start, state=state, yes=YES[language])):
        hints.append(words["as_it_is"].format(start=told[:200]))
    if asked.secret:
        hints.append(words["secret"])
    head = "\n".join(filter(None, [text(part.text, state), text(part.helper, state)]))
    asks = "\n".join(filter(None, [head, *options, " ".join(filter(None, hints))]))
    return "\n\n".join([*asked.said, asks])[-MOST:]


def refused(asked: Asked, reason: Reason, *, language: Language) -> str:
    """Return why an answer to a field is not taken."""
    words = REASONS[language].get(reason)
    label = text(asked.part.text, asked.state)[:200]
    if words is None or not label:
        return WORDS[language]["wrong"]
    return f"{label}: {words}" if language == "id" else f"{label} {words}"


def checking(done: Done, *, language: Language) -> str:
    """Return all that was answered, for the person to look through."""
    words = WORDS[language]
    head, foot = (words["check"], words["finish"]) if done.pages is not None else ("", words["stuck"])
    told = "\n".join(filter(None, [head, *numbered(done, language=language)]))
    return "\n\n".join(filter(None, [*done.said, told, foot]))[-MOST:]


def numbered(done: Done, *, language: Language) -> list[str]:
    """Return the lines of the sum, those that can be changed with their numbers."""
    places = {id(line): place for place, line in enumerate(changeable(done), 1)}
    return [
        f"{places[id(line)]}. {_line(line, done.state, language)}"
        if id(line) in places
        else f"\N{EN DASH} {_line(line, done.state, language)}"
        for line in done.lines
    ]


def summed(done: Done, *, language: Language) -> str:
    """Return the sum as it is kept for the bot, as the app writes it."""
    return "\n".join(_line(line, done.state, language) for line in done.lines if line.value != EMPTY[line.part.kind])


def changeable(done: Done | Asked) -> list[Line]:
    """Return what was asked for, in its order."""
    return [line for line in done.lines if line.open]


def _line(line: Line, state: State, language: Language) -> str:
    told = shown(line.part, line.value, state=state, yes=YES[language])
    return f"{text(line.part.text, state)}: {_HIDDEN if told and line.secret else told or '-'}"


def _option(place: int, title: object, description: object) -> str:
    told = f"{place}. {as_text(title)}"
    return f"{told} \N{EN DASH} {as_text(description)}" if description else told
