"""The file `flow.yaml`: everything of a flow but its words, its tables and its closures."""

import re
from collections.abc import Collection
from typing import Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from amanat.gateway.flows import wording
from amanat.gateway.flows.matching import folded
from amanat.gateway.flows.model import Connector, Step
from amanat.gateway.flows.steps import read_step
from amanat.gateway.office_files.problems import Findings, suggestion
from amanat.gateway.office_files.sections import Section
from amanat.gateway.office_files.yaml_nodes import Node

FILE: Final = "flow.yaml"
KEYS: Final = (
    *("flow", "title", "languages", "zone", "start", "human", "idle", "words"),
    *("tables", "connectors", "calendars", "steps"),
)
DEFAULT_ZONE: Final = "Asia/Jakarta"
DEFAULT_IDLE_MS: Final = 30 * 60 * 1000

_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}")


class TableEntry(Struct, frozen=True, kw_only=True):
    """A table as flow.yaml names it."""

    file: str
    row_text: str
    line: int


class Structure(Struct, frozen=True, kw_only=True):
    """What flow.yaml says."""

    id: str
    title: dict[str, str]
    languages: tuple[str, ...]
    zone: ZoneInfo
    start: str
    human: str
    idle_ms: int
    words: dict[str, tuple[str, ...]]
    steps: dict[str, Step]
    tables: dict[str, TableEntry]
    connectors: dict[str, Connector]
    connector_lines: dict[str, int]
    calendars: dict[str, Section]
    """Their blocks: what is in them is read together with the files that they name."""


def read_structure(node: Node, *, findings: Findings) -> Structure:
    """Read the whole file and note everything that is wrong in it by itself."""
    top = Section(node, file=FILE, what="this file", findings=findings)
    top.allow(*KEYS)
    name = top.text("flow", required=True)
    if name and not _ID.fullmatch(name):
        top.say(f"'{name}' cannot be a flow's name: use small letters, digits and '-'.", line=top.line_of("flow"))
    languages = _languages(top)
    connectors, connector_lines = _connectors(top)
    sections = top.sections("steps", what="the step")
    if not sections:
        top.say("A flow needs 'steps'.")
    steps = {name: read_step(section, name=name, connectors=connectors) for name, section in sections.items()}
    for section in sections.values():
        _check_targets(section, steps)
    _check_step_of(top, "start", steps, required=True)
    _check_step_of(top, "human", steps)
    return Structure(
        id=name,
        title=_title(top, languages),
        languages=languages,
        zone=_zone(top),
        start=top.text("start"),
        human=top.text("human"),
        idle_ms=top.duration_ms("idle") or DEFAULT_IDLE_MS,
        words=_words(top),
        steps=steps,
        tables=_tables(top),
        connectors=connectors,
        connector_lines=connector_lines,
        calendars=_calendars(top),
    )


def _languages(top: Section) -> tuple[str, ...]:
    languages = top.texts("languages")
    if "languages" not in top.keys:
        top.say("A flow needs 'languages', such as [id, en]; the first is spoken until a person chooses.")
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            top.say(f"'{language}' is no language: write id, or en.", line=top.line_of("languages"))
    return tuple(dict.fromkeys(languages))


def _title(top: Section, languages: Collection[str]) -> dict[str, str]:
    title = top.section("title")
    if title is None:
        top.say("A flow needs 'title', with a line for each language.")
        return {}
    title.allow(*languages)
    return {language: title.text(language, required=True) for language in languages}


def _zone(top: Section) -> ZoneInfo:
    name = top.text("zone") or DEFAULT_ZONE
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        top.say(
            f"'{name}' is no time zone: write Asia/Jakarta, Asia/Makassar or Asia/Jayapura.", line=top.line_of("zone")
        )
        return ZoneInfo(DEFAULT_ZONE)


def _words(top: Section) -> dict[str, tuple[str, ...]]:
    section = top.section("words")
    if section is None:
        return {}
    section.allow(*wording.COMMANDS)
    words = {command: section.texts(command) for command in section.keys}
    for command, said in words.items():
        for word in said:
            if not any(c.isalpha() for c in folded(word)):
                section.say(
                    f"'{word}' may be the answer to a question: a word that works anywhere needs a letter.",
                    line=section.line_of(command),
                )
    return words


def _tables(top: Section) -> dict[str, TableEntry]:
    tables = {}
    for name, section in top.sections("tables", what="the table").items():
        section.allow("file", "row")
        tables[name] = TableEntry(
            file=section.text("file", required=True), row_text=section.name("row"), line=section.line_of("file")
        )
    return tables


def _connectors(top: Section) -> tuple[dict[str, Connector], dict[str, int]]:
    connectors, lines = {}, {}
    for name, section in top.sections("connectors", what="the connector").items():
        section.allow("needs", "gives", "table", "alike")
        connectors[name] = Connector(
            needs=section.names("needs"),
            gives=section.names("gives"),
            table=section.name("table"),
            alike=section.yes("alike"),
        )
        lines[name] = section.line
        if connectors[name].alike and (len(connectors[name].needs) != 1 or not connectors[name].table):
            section.say(f"{section.what} compares one text with a table: it needs 'table', and one name in 'needs'.")
        if not connectors[name].needs or not connectors[name].gives:
            section.say(f"{section.what} needs 'needs' and 'gives': what it is told, and what it tells.")
    return connectors, lines


def _calendars(top: Section) -> dict[str, Section]:
    calendars = top.sections("calendars", what="the calendar")
    for section in calendars.values():
        section.allow("open", "closed")
    return calendars


def _check_targets(section: Section, steps: Collection[str]) -> None:
    for key in ("go", "otherwise"):
        _check_step_of(section, key, steps)
    for key in ("choose", "when"):
        if below := section.section(key):
            for case in below.keys:
                _check_step_of(below, case, steps)


def _check_step_of(section: Section, key: str, steps: Collection[str], *, required: bool = False) -> None:
    target = section.text(key, required=required) if key in section.keys or required else ""
    if target and target not in steps:
        section.say(f"There is no step '{target}'.{suggestion(target, steps)}", line=section.line_of(key))
