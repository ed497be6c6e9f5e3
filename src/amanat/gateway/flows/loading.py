"""A folder of files becomes a flow, or is refused with everything that is wrong in it."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Final

from amanat.gateway.flows.commands import words_of
from amanat.gateway.flows.lint import Parts, check
from amanat.gateway.flows.model import Ask, Choose, Flow, Table, Text
from amanat.gateway.flows.structure import FILE, Structure, read_structure
from amanat.gateway.flows.tables import read_table
from amanat.gateway.flows.texts import read_texts
from amanat.gateway.office_files.calendars import read_calendar
from amanat.gateway.office_files.problems import Findings
from amanat.gateway.office_files.yaml_nodes import read_yaml

MAX_BYTES: Final = 1024 * 1024
"""Of one file: a table of this size belongs in a database."""
TRANSCRIPTS: Final = "transcripts/"

_VERSION_DIGITS: Final = 12
_BESIDE: Final = ("README.md",)

Files = Mapping[str, bytes]
"""The files of a flow's folder by their path in it, with `/` between folders."""


def load(files: Files, *, beside: Collection[str] = ()) -> Flow:
    """Read a flow, or raise `FilesRefused` with every problem that could be found.

    `beside` are the files of the folder that something else than the flow reads.
    """
    findings = Findings()
    contents = {file: _text(file, content, findings) for file, content in files.items()}
    if FILE not in contents:
        findings.add(FILE, 1, sentence="There is no flow.yaml in this folder.")
    findings.refuse()
    node = read_yaml(FILE, contents[FILE], findings=findings)
    findings.refuse()
    assert node is not None
    structure = read_structure(node, findings=findings)
    parts = Parts(
        structure=structure,
        texts={language: _texts(contents, language, structure, findings) for language in structure.languages},
        tables=_tables(contents, structure, findings),
    )
    calendars = {
        name: read_calendar(section, files=contents, zone=structure.zone)
        for name, section in structure.calendars.items()
    }
    _check_files(contents, structure, beside=beside, findings=findings)
    needed = check(parts, findings)
    findings.refuse()
    return Flow(
        id=structure.id,
        version=version_of(files),
        title=structure.title,
        languages=structure.languages,
        zone=structure.zone,
        start=structure.start,
        human=structure.human,
        idle_ms=structure.idle_ms,
        words=words_of(structure.languages, own=structure.words, has_human=bool(structure.human)),
        steps=structure.steps,
        texts=parts.texts,
        tables=parts.tables,
        connectors=structure.connectors,
        calendars=calendars,
        needed=needed,
        secrets=frozenset(step.ask for step in structure.steps.values() if isinstance(step, Ask) and step.secret),
    )


def version_of(files: Files) -> str:
    """Return what changes with any byte of a flow; its transcripts are no part of what people meet."""
    digest = sha256()
    for file in sorted(files):
        if not file.startswith(TRANSCRIPTS):
            digest.update(f"{file}\n{len(files[file])}\n".encode())
            digest.update(files[file])
    return digest.hexdigest()[:_VERSION_DIGITS]


def _text(file: str, content: bytes, findings: Findings) -> str:
    if len(content) > MAX_BYTES:
        findings.add(file, 1, sentence="This file is larger than one megabyte.")
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.add(file, line, sentence="This file is not UTF-8: save it again as 'UTF-8', or 'CSV UTF-8'.")
        return ""


def _texts(contents: Mapping[str, str], language: str, structure: Structure, findings: Findings) -> dict[str, Text]:
    file = f"texts/{language}.md"
    if file not in contents:
        findings.add(file, 1, sentence=f"The flow speaks '{language}', and this file is missing.")
        return {}
    menus = {step.say[-1] for step in structure.steps.values() if isinstance(step, Choose) and step.say}
    return read_texts(file, contents[file], menus=menus, findings=findings)


def _tables(contents: Mapping[str, str], structure: Structure, findings: Findings) -> dict[str, Table]:
    tables = {}
    for name, entry in structure.tables.items():
        if entry.file in contents and entry.file.endswith(".csv"):
            tables[name] = read_table(entry.file, contents[entry.file], row_text=entry.row_text, findings=findings)
        elif entry.file:
            findings.add(FILE, entry.line, sentence=f"There is no CSV file '{entry.file}' in this folder.")
    return tables


def _check_files(
    contents: Mapping[str, str], structure: Structure, *, beside: Collection[str], findings: Findings
) -> None:
    """A file that nothing uses is a slip: of its name, or in flow.yaml."""
    used = {FILE, *_BESIDE, *beside, *(f"texts/{language}.md" for language in structure.languages)}
    used |= {entry.file for entry in structure.tables.values()}
    used |= {name for section in structure.calendars.values() for name in section.texts("closed")}
    for file in contents.keys() - used:
        if not (file.startswith(TRANSCRIPTS) and file.endswith(".md")):
            findings.add(file, 1, sentence="Nothing in flow.yaml uses this file.")
