"""A conversation with a folder that is not published: the production interpreter, and nothing is done. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from amanat.gateway.flows.loading import Files
from amanat.gateway.flows.rehearsal import Rehearsal
from amanat.gateway.flows.session import GivenBack, Message, Said
from amanat.gateway.office_files.problems import FilesRefused, Problem
from amanat.gateway.service_files import load_service

GIVE_BACK: Final = "/done"


def preview(files: Files, *, said: Sequence[str], language: str, now_ms: int) -> Mapping[str, Any]:
    """Return what is said in answer to each of the texts, or what is wrong with the folder.

    Tables are looked up; bookings and tickets pretend. `/done` stands for the staff who give a chat back.
    """
    try:
        flow = load_service(files).flow
    except FilesRefused as refused:
        return {"problems": told(refused.problems), "messages": [], "ended": False, "with_staff": False}
    rehearsal = Rehearsal(flow, now_ms=now_ms, language=language or None, pretends=True)
    messages: list[dict[str, Any]] = []
    for text in said:
        if text == GIVE_BACK:
            messages += map(_said, rehearsal.hear(GivenBack()).outputs)
        else:
            messages.append({"from": "person", "text": text, "options": []})
            messages += map(_said, rehearsal.hear(Said(text=text)).outputs)
    standing = rehearsal.session.standing
    ended, with_staff = standing == "ended", standing == "with_staff"
    return {"problems": [], "messages": messages, "ended": ended, "with_staff": with_staff}


def told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Return what is wrong, as an editor's page shows it."""
    return [{"file": each.file, "line": each.line, "message": each.sentence} for each in problems]


def _said(message: Message) -> dict[str, Any]:
    options = [{"id": each.id, "label": each.title, "description": each.description} for each in message.options]
    return {"from": "service", "text": message.text, "options": options}
