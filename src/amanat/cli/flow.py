"""`amanat flow`: check, try, draw and test a menu conversation that lies in a folder."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TextIO, get_args

from amanat.cli.failure import Exit, Failure
from amanat.gateway.flows.drawing import mermaid
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.loading import load
from amanat.gateway.flows.model import Flow
from amanat.gateway.flows.problems import FlowRefused
from amanat.gateway.flows.rehearsal import Rehearsal
from amanat.gateway.flows.rendering import fallback, plain
from amanat.gateway.flows.sections import duration_of
from amanat.gateway.flows.session import Act, GivenBack, HandToStaff, Request, Said, Sent, Turn
from amanat.gateway.flows.transcripts import run_transcripts

HELP = "check, try, draw and test menu conversations"
DESCRIPTION = """\
Work on a flow: a folder with flow.yaml, a file of texts for each language, tables and closures. docs/flows.md says how
one is written. Nothing here asks a server: what one tries is what the person in the chat will get, by the same code.
"""

_ABOUT: Final = {
    "lint": ("check a flow", "Check a flow; each problem is told with its file, its line and a sentence."),
    "chat": (
        "try a flow in the terminal",
        "Talk to a flow. Tables are looked up; bookings and tickets only pretend. "
        "Beside words one may write /voice, /file, /picture, /wait 30 minutes, /done (the staff give back), /quit.",
    ),
    "draw": ("draw a flow", "Print a flow as a Mermaid flowchart."),
    "test": (
        "run a flow's transcripts",
        "Hold the conversations in transcripts/ with the flow, and tell what differs.",
    ),
}
_KINDS: Final = get_args(Sent.__annotations__["kind"])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, (summary, description) in _ABOUT.items():
        action = actions.add_parser(name, help=summary, description=description)
        action.add_argument("folder", type=Path, help="the folder that holds flow.yaml")
        if name in ("chat", "draw"):
            action.add_argument("--language", metavar="CODE", help="id, en, ...; by default the flow's first")


def main(arguments: argparse.Namespace) -> Exit:
    """Do one of them."""
    try:
        files = read_folder(arguments.folder)
        return _ACTIONS[arguments.action](files, arguments)
    except FlowRefused as refused:
        raise Failure(f"this flow cannot be used.\n{refused}") from None


def _lint(files: dict[str, bytes], _arguments: argparse.Namespace) -> Exit:
    flow = load(files)
    languages = ", ".join(flow.languages)
    print(f"{flow.id} is fine: {len(flow.steps)} steps in {languages}; version {flow.version}.")
    return Exit.OK


def _draw(files: dict[str, bytes], arguments: argparse.Namespace) -> Exit:
    flow = load(files)
    print(mermaid(flow, language=_language(flow, arguments)), end="")
    return Exit.OK


def _test(files: dict[str, bytes], _arguments: argparse.Namespace) -> Exit:
    report = run_transcripts(files)
    if report.problems:
        differences = "\n".join(map(str, report.problems))
        raise Failure(f"{len(report.problems)} of the transcripts' lines do not hold.\n{differences}")
    print(f"All {report.conversations} conversations hold.")
    if report.unvisited:
        print(f"No conversation comes to: {', '.join(report.unvisited)}.")
    return Exit.OK


def _chat(files: dict[str, bytes], arguments: argparse.Namespace) -> Exit:
    flow = load(files)
    now_ms = int(time.time() * 1000)
    rehearsal = Rehearsal(flow, now_ms=now_ms, language=_language(flow, arguments), pretends=True)
    print(f"({flow.title[flow.languages[0]]}. Write anything; /quit ends.)")
    for line in _lines(sys.stdin):
        if line == "/quit":
            break
        turn = _happening(rehearsal, line)
        for effect in turn.effects:
            print(f"   ({_told(effect)})")
        for message in turn.outputs:
            print("\n".join(f"   {text}".rstrip() for text in plain(fallback(message)).splitlines()))
    return Exit.OK


def _happening(rehearsal: Rehearsal, line: str) -> Turn:
    """Do what a line of the terminal stands for."""
    command, _, rest = line.partition(" ")
    if command.removeprefix("/") in _KINDS and command.startswith("/"):
        return rehearsal.hear(Sent(kind=command.removeprefix("/")))  # type: ignore[arg-type]  # looked up in this line
    if command == "/done":
        return rehearsal.hear(GivenBack())
    if command == "/wait":
        return rehearsal.wait(duration_of(rest) or 0)
    return rehearsal.hear(Said(text=line))


def _lines(terminal: TextIO) -> Iterator[str]:
    """Yield what is written, until the input ends."""
    while True:
        print("> ", end="", flush=True)
        line = terminal.readline()
        if not line:
            print()
            return
        if not terminal.isatty():
            print(line.rstrip("\n"))
        yield line.strip()


def _told(effect: Request) -> str:
    match effect:
        case Act(kind="call"):
            return f"looks up {effect.target}"
        case Act():
            return f"pretends: {effect.kind} {effect.target}"
        case HandToStaff():
            return f"hands the chat to {effect.desk}; /done gives it back"
    return "takes the chat back"


def _language(flow: Flow, arguments: argparse.Namespace) -> str:
    language: str = arguments.language or flow.languages[0]
    if language not in flow.languages:
        raise Failure(f"This flow speaks {', '.join(flow.languages)}.", code=Exit.USAGE)
    return language


_ACTIONS: Final[dict[str, Callable[[dict[str, bytes], argparse.Namespace], Exit]]] = {
    "lint": _lint,
    "chat": _chat,
    "draw": _draw,
    "test": _test,
}
