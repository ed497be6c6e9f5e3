"""A service's whole folder: its flow, and the appointments that the flow makes, held against each other."""

import re
from typing import Final

from msgspec import Struct

from amanat.gateway.appointments import acts
from amanat.gateway.appointments.reading import FILE, read_agenda
from amanat.gateway.appointments.settings import MINUTE_MS, Agenda, Service
from amanat.gateway.flows import structure
from amanat.gateway.flows.loading import Files, load
from amanat.gateway.flows.model import Effect, Flow
from amanat.gateway.office_files.problems import FilesRefused, Findings, Problem, suggestion
from amanat.gateway.office_files.quick_replies import QuickReply, file_of, read_quick_replies

_QUICK_REPLIES: Final = re.compile(r"quick_replies\.[a-z]+\.md")
LOT_TIMEOUT_MS: Final = 2 * MINUTE_MS
"""How long a flow waits at least for an answer that may be drawn by lot: the minute of the release, and the draw."""


class ServiceFiles(Struct, frozen=True, kw_only=True):
    """What a folder says; `agenda` is None where there is no `appointments.yaml`."""

    flow: Flow
    agenda: Agenda | None
    quick_replies: tuple[QuickReply, ...] = ()


def load_service(files: Files) -> ServiceFiles:
    """Read a folder, or raise `FilesRefused` with every problem that could be found."""
    findings = Findings()
    agenda, used = _agenda(files, findings)
    try:
        flow = load(files, beside={*used, *_quick_replies_in(files)})
    except FilesRefused as refused:
        for problem in refused.problems:
            findings.note(problem)
        raise FilesRefused(findings.problems) from None
    findings.refuse()
    steps = [step for step in flow.steps.values() if isinstance(step, Effect) and step.kind in acts.KINDS]
    held = {step.target for step in steps if step.kind == "hold"}
    for step in steps:
        # What was held, or is offered, is booked without asking again.
        _check(step, agenda, findings=findings, is_new=step.kind != "book" or step.target not in held)
    read = {name: files[name].decode("utf-8-sig", "replace") for name in _quick_replies_in(files)}
    quick_replies = read_quick_replies(read, languages=flow.languages, findings=findings)
    for name in read.keys() - {file_of(language) for language in flow.languages}:
        findings.add(
            name, 1, sentence=f"The flow speaks {', '.join(flow.languages)}, and this file is for none of them."
        )
    findings.refuse()
    return ServiceFiles(flow=flow, agenda=agenda, quick_replies=quick_replies)


def _quick_replies_in(files: Files) -> list[str]:
    return [name for name in files if _QUICK_REPLIES.fullmatch(name)]


def _agenda(files: Files, findings: Findings) -> tuple[Agenda | None, frozenset[str]]:
    """Read what there is of appointments; where it is refused, no calendar counts as unused."""
    if FILE not in files:
        return None, frozenset()
    read = [name for name in files if name.endswith((".yaml", ".ics"))]
    contents = {name: files[name].decode("utf-8-sig", "replace") for name in read}
    own = Findings()
    try:
        return read_agenda(contents, findings=own)
    except FilesRefused as refused:
        for problem in refused.problems:
            findings.note(problem)
        return None, frozenset(contents)


def _check(step: Effect, agenda: Agenda | None, *, findings: Findings, is_new: bool) -> None:
    def say(sentence: str) -> None:
        findings.note(Problem(structure.FILE, step.line, sentence))

    if agenda is None:
        say(f"'{step.name}' needs the file {FILE}, which says what can be booked.")
        return
    service = agenda.services.get(step.target)
    if service is None:
        say(f"There is no service '{step.target}' in {FILE}.{suggestion(step.target, agenda.services)}")
        return
    for sentence in (*_slips(step, service), *(_missing(step, service) if is_new else ())):
        say(sentence)


def _slips(step: Effect, service: Service) -> list[str]:
    known = [*acts.KNOWN, *service.asks, *filter(None, [service.identity])]
    slips = [
        f"'{service.name}' has no use for '{name}': name it in 'asks' of {FILE}, or leave it out."
        for name in step.arguments
        if name not in known
    ]
    if step.kind in ("hold", "book") and service.release and step.timeout_ms < LOT_TIMEOUT_MS:
        slips.append("The first minute of a release is drawn by lot: 'timeout' needs at least 2 minutes.")
    return slips


def _missing(step: Effect, service: Service) -> list[str]:
    """Return what a step that makes an appointment does not say of it."""
    slips = []
    if step.kind in ("hold", "book", "wait") and service.identity and service.identity not in step.arguments:
        slips.append(f"'{service.name}' goes by '{service.identity}': write it into 'with'.")
    if step.kind in ("hold", "book") and service.release and "day" not in step.arguments:
        slips.append("Days that are released at a time are drawn by lot: write 'day' into 'with'.")
    if step.kind == "wait" and "day" not in step.arguments:
        slips.append("Nobody can wait without a day: write 'day' into 'with'.")
    return slips
