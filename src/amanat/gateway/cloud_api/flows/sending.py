"""A flow as the form under a message: whether it may be sent, and what its first screen is given."""

from msgspec import json

from amanat.gateway.bots.api import Line
from amanat.gateway.bots.model import FormBody, Words
from amanat.gateway.cloud_api.composing import FlowRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.flows import shelf
from amanat.gateway.cloud_api.flows.compiling import compiled
from amanat.gateway.cloud_api.ids import read_node
from amanat.gateway.forms.model import MOST_BYTES

_AT = "interactive.action.parameters"
_MESSAGE = 45_000
"""Of a message in clear, in bytes: encrypted and in base64 it fits an event, as in the app."""


async def form_of(line: Line, asked: FlowRef, *, words: Words) -> FormBody:
    """Return the form of a flow; raises `GraphError` where it cannot be sent so."""
    node = read_node(asked.id) if asked.id else None
    number = node.number if node is not None and node.kind == "flow" else None
    flow = await shelf.find(line, number=number, name=asked.name or None)
    if flow is None:
        raise GraphError(131009, f"Param {_AT}.{'flow_id' if asked.id else 'flow_name'} is of no flow.")
    if flow.status != ("DRAFT" if asked.is_draft else "PUBLISHED"):
        mode = "draft" if asked.is_draft else "published"
        raise GraphError(131009, f"The flow is {flow.status}, and param {_AT}.mode is {mode}.")
    text = await shelf.text_of(line, flow.number)
    made = compiled(json.decode(text)) if text is not None and _is_json(text) else None
    if made is None or made.issues:
        raise GraphError(131009, "The flow has no Flow JSON, or validation errors.")
    first = asked.first or made.screens[0].id
    screen = next((screen for screen in made.screens if screen.id == first), None)
    if screen is None:
        raise GraphError(131009, f"Param {_AT}.flow_action_payload.screen is of no screen.")
    missing = sorted(set(screen.takes) - set(asked.data))
    if missing:
        raise GraphError(131008, f"The parameter {_AT}.flow_action_payload.data.{missing[0]} is required.")
    form = FormBody(button=asked.button, screens=made.screens, first=first, data=asked.data)
    size = len(json.encode(form))
    # The words stand in the message twice: for apps with forms and for those without.
    if size > MOST_BYTES or size + 2 * len(f"{words.text}{words.html}".encode()) > _MESSAGE:
        raise GraphError(100, f"The form and its data may have {MOST_BYTES} bytes, and {_MESSAGE} with the words.")
    return form


def _is_json(text: str) -> bool:
    try:
        json.decode(text)
    except (ValueError, RecursionError):
        return False
    return True
