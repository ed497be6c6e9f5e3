"""What each `amanat flow` command does with a folder."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TextIO, get_args

from amanat.cli.failure import Exit, Failure
from amanat.gateway.connectors.settings import FILE as CONNECTORS
from amanat.gateway.connectors.settings import BadConnectors, read_settings
from amanat.gateway.flows.drawing import mermaid
from amanat.gateway.flows.folder import read_folder
from amanat.gateway.flows.model import Flow
from amanat.gateway.flows.rehearsal import Rehearsal
from amanat.gateway.flows.rendering import fallback, plain
from amanat.gateway.flows.session import Act, GivenBack, HandToStaff, Request, Said, Sent, Turn
from amanat.gateway.flows.transcripts import run_transcripts
from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.office_files.sections import duration_of
from amanat.gateway.service import shelf
from amanat.gateway.service.connecting import unanswered
from amanat.gateway.service.shelf import NothingPublished
from amanat.gateway.service_files import load_service
from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import NoService

_KINDS: Final = get_args(Sent.__annotations__["kind"])


def act(arguments: argparse.Namespace) -> Exit:
    """Do what the command line asks for; a flow that cannot be used is a failure that says why."""
    try:
        if arguments.action == "back":
            return _back(arguments)
        files = read_folder(arguments.folder)
        return _ACTIONS[arguments.action](files, arguments)
    except FilesRefused as refused:
        raise Failure(f"this flow cannot be used.\n{refused}") from None
    except (BadConnectors, NothingPublished) as error:
        raise Failure(str(error)) from None


def _publish(files: dict[str, bytes], arguments: argparse.Namespace) -> Exit:
    _require_service(arguments.service)
    held = read_settings(arguments.service / CONNECTORS)
    print(f"Published as {shelf.publish(arguments.folder, arguments.service)}.")
    for sentence in unanswered(load_service(files).flow, held):
        print(f"Not yet connected: {sentence}")
    return Exit.OK


def _back(arguments: argparse.Namespace) -> Exit:
    """Speak an earlier version; without one named, that before the present."""
    _require_service(arguments.service)
    kept = shelf.versions(arguments.service)
    if arguments.version is None and len(kept) < 2:
        raise Failure("There is no version before this one.")
    version = arguments.version or kept[1]
    shelf.go_back(arguments.service, version)
    print(f"{arguments.service.name} speaks {version} again.")
    return Exit.OK


def _require_service(folder: Path) -> None:
    if ServiceFolder(folder).stamp() is None:
        raise Failure(str(NoService(folder)))


def _lint(files: dict[str, bytes], arguments: argparse.Namespace) -> Exit:
    service = load_service(files)
    flow = service.flow
    if arguments.service is not None:
        _require_service(arguments.service)
        if sentences := unanswered(flow, read_settings(arguments.service / CONNECTORS)):
            raise Failure("this flow asks what cannot be answered.\n" + "\n".join(sentences))
    languages = ", ".join(flow.languages)
    print(f"{flow.id} is fine: {len(flow.steps)} steps in {languages}; version {flow.version}.")
    if service.agenda is not None:
        print(f"Appointments: {', '.join(service.agenda.services)} at {', '.join(service.agenda.counters)}.")
    for name, connector in flow.connectors.items():
        if not connector.table:
            told = f"is told {', '.join(connector.needs)} and tells {', '.join(connector.gives)}"
            print(f"The connector '{name}' {told}: {CONNECTORS} of the service's folder says whom to ask.")
    return Exit.OK


def _draw(files: dict[str, bytes], arguments: argparse.Namespace) -> Exit:
    flow = load_service(files).flow
    print(mermaid(flow, language=_language(flow, arguments)), end="")
    return Exit.OK


def _test(files: dict[str, bytes], _arguments: argparse.Namespace) -> Exit:
    report = run_transcripts(load_service(files).flow, files)
    if report.problems:
        differences = "\n".join(map(str, report.problems))
        raise Failure(f"{len(report.problems)} of the transcripts' lines do not hold.\n{differences}")
    print(f"All {report.conversations} conversations hold.")
    if report.unvisited:
        print(f"No conversation comes to: {', '.join(report.unvisited)}.")
    return Exit.OK


def _chat(files: dict[str, bytes], arguments: argparse.Namespace) -> Exit:
    flow = load_service(files).flow
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
    "publish": _publish,
}
