"""Golden transcripts: conversations in Markdown that a flow must still hold as they are written.

A heading begins a conversation; each `- who: what` line is something that happens or has to happen, in that order.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final, get_args

from msgspec import Struct

from amanat.gateway.flows.loading import TRANSCRIPTS, Files
from amanat.gateway.flows.model import Flow
from amanat.gateway.flows.rehearsal import Rehearsal
from amanat.gateway.flows.rendering import fallback, plain
from amanat.gateway.flows.session import Act, Answered, GivenBack, HandToStaff, Message, Request, Said, Sent, Turn
from amanat.gateway.office_files.problems import Problem, suggestion
from amanat.gateway.office_files.sections import duration_of

DEFAULT_TIME: Final = "2026-11-23 09:00"
"""A Monday morning, if a conversation does not say `at`."""

_HEADING: Final = re.compile(r"##?\s+(.*)")
_LINE: Final = re.compile(r"- ([a-z ]+):\s*(.*?)\s*")
_ANYTHING: Final = re.compile(r"\u2026|\.\.\.")
_VALUE: Final = re.compile(r"([a-z_]+)=(\"[^\"]*\"|\S+)")


class Report(Struct, frozen=True, kw_only=True):
    """What running a flow's transcripts has shown."""

    conversations: int
    problems: tuple[Problem, ...]
    unvisited: tuple[str, ...]
    """The steps that no conversation comes to."""


def run_transcripts(flow: Flow, files: Files) -> Report:
    """Run every transcript of a flow's folder."""
    runs = [
        _Run(flow, file, files[file].decode("utf-8", "replace"))
        for file in sorted(files)
        if file.startswith(TRANSCRIPTS)
    ]
    visited = {step for run in runs for step in run.visited}
    return Report(
        conversations=sum(run.conversations for run in runs),
        problems=tuple(problem for run in runs for problem in run.problems),
        unvisited=tuple(name for name in flow.steps if name not in visited),
    )


class _Run:
    """One file's conversations."""

    def __init__(self, flow: Flow, file: str, content: str) -> None:
        self.problems: list[Problem] = []
        self.visited: set[str] = set()
        self.conversations = 0
        self._flow = flow
        self._file = file
        self._line = 1
        self._said: list[Message] = []
        self._done: list[Request] = []
        self._act_id = ""
        self._rehearsal: Rehearsal | None = None
        for self._line, line in enumerate(content.splitlines(), 1):
            if heading := _HEADING.fullmatch(line):
                self._open(heading[1])
            elif line.startswith("- "):
                self._take(line)
        self._close()

    def _open(self, _title: str) -> None:
        self._close()
        self._rehearsal = Rehearsal(self._flow, now_ms=_moment_ms(self._flow, DEFAULT_TIME) or 0)

    def _close(self) -> None:
        """End a conversation: what was said and not expected is a difference, too."""
        self._check_nothing_left()
        if self._rehearsal and self._rehearsal.visited:
            self.conversations += 1
            self.visited |= self._rehearsal.visited

    def _take(self, line: str) -> None:
        match = _LINE.fullmatch(line)
        actor = _ACTORS.get(match[1]) if match else None
        if match is None or actor is None:
            word = match[1] if match else line[2:].partition(":")[0]
            self._differ(f"'{word}' does nothing in a transcript.{suggestion(word, _ACTORS)}")
        elif self._rehearsal is None:
            self._differ("A conversation begins with a heading: '## What it shows'.")
        else:
            actor(self, self._rehearsal, match[2])

    def _person(self, rehearsal: Rehearsal, text: str) -> None:
        self._happen(lambda: rehearsal.hear(Said(text=text)))

    def _presses(self, rehearsal: Rehearsal, button: str) -> None:
        menu, _, option = button.partition("/")
        self._happen(lambda: rehearsal.hear(Said(text=option, option=option, menu=menu)))

    def _sends(self, rehearsal: Rehearsal, kind: str) -> None:
        kinds = get_args(Sent.__annotations__["kind"])
        if kind not in kinds:
            self._differ(f"Nobody can send '{kind}'.{suggestion(kind, kinds)}")
            return
        self._happen(lambda: rehearsal.hear(Sent(kind=kind)))  # type: ignore[arg-type]  # looked up in the line above

    def _waits(self, rehearsal: Rehearsal, time: str) -> None:
        duration = duration_of(time)
        if duration is None:
            self._differ(f"'{time}' is no time: write '30 minutes'.")
            return
        self._happen(lambda: rehearsal.wait(duration))

    def _staff(self, rehearsal: Rehearsal, _done: str) -> None:
        self._happen(lambda: rehearsal.hear(GivenBack()))

    def _comes_back(self, rehearsal: Rehearsal, answer: str) -> None:
        outcome, _, rest = answer.partition(" ")
        values = {name: value.strip('"') for name, value in _VALUE.findall(rest)}
        self._happen(lambda: rehearsal.hear(Answered(effect=self._act_id, outcome=outcome, values=values)))

    def _bot(self, _rehearsal: Rehearsal, expected: str) -> None:
        if not self._said:
            self._differ("The bot said nothing here.")
            return
        said = _one_line(plain(fallback(self._said.pop(0))))
        pattern = ".*".join(re.escape(_one_line(part)) for part in _ANYTHING.split(expected))
        # A gap matches the spaces beside it, too.
        if not re.fullmatch(pattern.replace(r"\ .*", ".*").replace(r".*\ ", ".*"), said):
            self._differ(f"The bot said: {said}")

    def _does(self, _rehearsal: Rehearsal, expected: str) -> None:
        done = [_name(effect) for effect in self._done]
        if expected not in done:
            self._differ(f"The bot did not {expected}.{f' It did {done[0]}.' if done else ''}")
            return
        self._done.pop(done.index(expected))

    def _at(self, rehearsal: Rehearsal, time: str) -> None:
        moment = _moment_ms(self._flow, time)
        if moment is None:
            self._differ(f"'{time}' is no moment: write '{DEFAULT_TIME}'.")
        else:
            rehearsal.now_ms = moment

    def _happen(self, what: Callable[[], Turn]) -> None:
        self._check_nothing_left()
        turn = what()
        self._said += turn.outputs
        self._done = list(turn.effects)
        self._act_id = next((effect.id for effect in turn.effects if isinstance(effect, Act)), self._act_id)

    def _check_nothing_left(self) -> None:
        for message in self._said:
            self._differ(f"Before this line, the bot also said: {_one_line(plain(fallback(message)))}")
        self._said = []

    def _differ(self, sentence: str) -> None:
        self.problems.append(Problem(self._file, self._line, sentence))


def _name(effect: Request) -> str:
    match effect:
        case Act():
            return f"{effect.kind} {effect.target}"
        case HandToStaff():
            return f"hand over {effect.desk}"
    return "take back"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _moment_ms(flow: Flow, text: str) -> int | None:
    try:
        return int(datetime.fromisoformat(text).replace(tzinfo=flow.zone).timestamp() * 1000)
    except ValueError:
        return None


_ACTORS: Final[dict[str, Callable[[_Run, Rehearsal, str], None]]] = {
    "at": _Run._at,
    "person": _Run._person,
    "presses": _Run._presses,
    "sends": _Run._sends,
    "waits": _Run._waits,
    "bot": _Run._bot,
    "does": _Run._does,
    "comes back": _Run._comes_back,
    "staff": _Run._staff,
}
"""What each line of a conversation means. `staff` is said when they give the chat back."""
