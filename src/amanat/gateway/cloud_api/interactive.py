"""Interactive messages: buttons, lists, a link, a form, a question for a place or a phone number. Pure."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from amanat.gateway.bots.consents.consent_words import NO, YES
from amanat.gateway.bots.menus import asking, in_our_words
from amanat.gateway.bots.model import Choice, Wanted, Words
from amanat.gateway.cloud_api.carousel import carousel
from amanat.gateway.cloud_api.composing import Composed, FlowRef, MediaField, MediaRef, MediaType, media_ref
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.notation import joined, marked, words_of
from amanat.gateway.cloud_api.offering import catalogue, product, product_list
from amanat.gateway.cloud_api.reading import as_object, at_most, read

BUTTONS, BUTTON_ID, BUTTON_TITLE = 3, 256, 20
ROWS, ROW_ID, ROW_TITLE, ROW_DESCRIPTION = 10, 200, 24, 72
SECTION_TITLE: Final = 24
FLOW_CTA, FLOW_TOKEN = 30, 512
UNUSED: Final = "unused"
"""The token of who gave none, as Meta has it."""
HEADER = FOOTER = 60
BODY, LIST_BODY = 1024, 4096

CALL_ANSWERS: Final[Mapping[str, Mapping[str, str]]] = {
    "accept": {"id": "Boleh menelepon", "en": "You may call"},
    "reject": {"id": "Jangan menelepon", "en": "Please do not call"},
}
"""By what the bot is told of it."""

_HEADERS: Final[tuple[MediaType, ...]] = ("image", "video", "document")


class _Text(Struct):
    text: str


class _Header(Struct):
    type: str
    text: str | None = None
    image: MediaField | None = None
    video: MediaField | None = None
    document: MediaField | None = None


class _Envelope(Struct):
    type: str
    body: _Text | None = None
    header: _Header | None = None
    footer: _Text | None = None


class _Reply(Struct):
    id: str
    title: str


class _Button(Struct):
    reply: _Reply
    type: str = "reply"


class _Buttons(Struct):
    buttons: list[_Button]


class _Row(Struct):
    id: str
    title: str
    description: str | None = None


class _Section(Struct):
    rows: list[_Row]
    title: str | None = None


class _List(Struct):
    sections: list[_Section]
    button: str = ""


class _Link(Struct):
    display_text: str
    url: str


class _CtaUrl(Struct):
    parameters: _Link


class _FlowBegins(Struct):
    screen: str | None = None
    data: dict[str, Any] | None = None


class _FlowParameters(Struct):
    flow_cta: str
    flow_id: str | int | None = None
    flow_name: str | None = None
    flow_token: str | None = None
    flow_action: str | None = None
    flow_action_payload: _FlowBegins | None = None
    mode: str = "published"


class _Flow(Struct):
    parameters: _FlowParameters


def interactive(value: object) -> Composed:
    """Compose an interactive message; its `action` may be a string of JSON."""
    fields = as_object(value, at="interactive")
    envelope = read(fields, _Envelope, at="interactive")
    compose = _TYPES.get(envelope.type)
    if compose is None:
        raise GraphError(131051, f"Interactive messages of type {envelope.type} are not offered here.")
    action = as_object(fields.get("action", {}), at="interactive.action")
    composed = compose(action)
    limit = LIST_BODY if envelope.type == "list" else BODY
    header, media = _header(envelope, only_text=envelope.type in _ONLY_TEXT)
    # A product speaks for itself.
    body = Words(text="") if envelope.type == "product" and envelope.body is None else _body(envelope, limit)
    return replace(composed, words=joined(header, body, _footer(envelope)), media=media)


def _body(envelope: _Envelope, limit: int) -> Words:
    if envelope.body is None:
        raise GraphError(131008, "The parameter interactive.body is required.")
    return words_of(at_most(envelope.body.text, limit, at="interactive.body.text"))


def _footer(envelope: _Envelope) -> Words:
    if envelope.footer is None:
        return Words(text="")
    return marked(at_most(envelope.footer.text, FOOTER, at="interactive.footer.text"), "em")


def _header(envelope: _Envelope, *, only_text: bool) -> tuple[Words, MediaRef | None]:
    header = envelope.header
    if header is None:
        return Words(text=""), None
    if header.type == "text":
        return marked(at_most(header.text or "", HEADER, at="interactive.header.text"), "strong"), None
    for kind in () if only_text else _HEADERS:
        field = getattr(header, kind)
        if header.type == kind and field is not None:
            return Words(text=""), media_ref(kind, field, at=f"interactive.header.{kind}")
    raise GraphError(131009, "Param interactive.header.type has no header of its kind, or one that is not offered.")


def _buttons(action: Mapping[str, Any]) -> Composed:
    buttons = read(action, _Buttons, at="interactive.action").buttons
    if not 1 <= len(buttons) <= BUTTONS:
        raise GraphError(131009, f"Param interactive.action.buttons must have 1 to {BUTTONS} buttons.")
    replies = [button.reply for button in buttons]
    for reply in replies:
        at_most(reply.id, BUTTON_ID, at="interactive.action.buttons[].reply.id")
        at_most(reply.title, BUTTON_TITLE, at="interactive.action.buttons[].reply.title")
    _check_unique([reply.id for reply in replies], at="interactive.action.buttons[].reply.id")
    _check_unique([reply.title for reply in replies], at="interactive.action.buttons[].reply.title")
    return Composed(choices=tuple(Choice(label=reply.title, data=reply.id) for reply in replies), style="buttons")


def _list(action: Mapping[str, Any]) -> Composed:
    field = read(action, _List, at="interactive.action")
    at_most(field.button, BUTTON_TITLE, at="interactive.action.button")
    choices = tuple(_row(row, section) for section in field.sections for row in section.rows)
    if not 1 <= len(choices) <= ROWS:
        raise GraphError(131009, f"Param interactive.action.sections must have 1 to {ROWS} rows in all.")
    _check_unique([choice.data for choice in choices], at="interactive.action.sections[].rows[].id")
    return Composed(choices=choices, style="list")


def _row(row: _Row, section: _Section) -> Choice:
    at_most(row.id, ROW_ID, at="interactive.action.sections[].rows[].id")
    at_most(row.title, ROW_TITLE, at="interactive.action.sections[].rows[].title")
    if len(row.description or "") > ROW_DESCRIPTION:
        raise GraphError(
            100,
            "Param interactive.action.sections[].rows[].description must be at most "
            f"{ROW_DESCRIPTION} characters long.",
        )
    if len(section.title or "") > SECTION_TITLE:
        raise GraphError(
            100, f"Param interactive.action.sections[].title must be at most {SECTION_TITLE} characters long."
        )
    return Choice(label=row.title, data=row.id, description=row.description or "", section=section.title or "")


def _link(action: Mapping[str, Any]) -> Composed:
    link = read(action, _CtaUrl, at="interactive.action").parameters
    at_most(link.display_text, BUTTON_TITLE, at="interactive.action.parameters.display_text")
    if not link.url.startswith(("https://", "http://")):
        raise GraphError(131009, "Param interactive.action.parameters.url must be a web address.")
    return Composed(choices=(Choice(label=link.display_text, url=link.url),))


def _flow(action: Mapping[str, Any]) -> Composed:
    given = read(action, _Flow, at="interactive.action").parameters
    at = "interactive.action.parameters"
    if given.flow_action not in (None, "navigate"):
        raise GraphError(
            131009, f"Param {at}.flow_action must be navigate: flows with an endpoint are not offered here."
        )
    if bool(given.flow_id) == bool(given.flow_name):
        raise GraphError(131008, f"One of the parameters {at}.flow_id and {at}.flow_name is required.")
    if given.mode not in ("published", "draft"):
        raise GraphError(131009, f"Param {at}.mode must be published or draft.")
    token = given.flow_token or UNUSED
    if len(token) > FLOW_TOKEN:
        raise GraphError(100, f"Param {at}.flow_token must be at most {FLOW_TOKEN} characters long.")
    begins = given.flow_action_payload or _FlowBegins()
    flow = FlowRef(
        button=at_most(given.flow_cta, FLOW_CTA, at=f"{at}.flow_cta"),
        id=str(given.flow_id or ""),
        name=given.flow_name or "",
        token=token,
        is_draft=given.mode == "draft",
        first=begins.screen or "",
        data=begins.data or {},
    )
    return Composed(flow=flow)


def _ask(wants: Wanted) -> Callable[[Mapping[str, Any]], Composed]:
    """Return what composes a question for something: a button in our app, whose words are our own."""
    return lambda _action: Composed(choices=(asking(wants),))


def _ask_to_call(_action: Mapping[str, Any]) -> Composed:
    """Compose the question whether the business may ring; what is answered is the person's word, no call is carried."""
    choices = (replace(in_our_words(labels, data=data), about="calls") for data, labels in CALL_ANSWERS.items())
    return Composed(choices=tuple(choices), style="call")


def _ask_to_offer(_action: Mapping[str, Any]) -> Composed:
    """Compose the question whether somebody wants offers; each person is asked once. Meta has no word for it."""
    return Composed(choices=(YES, NO), style="buttons", asks="offers")


_ONLY_TEXT: Final = ("list", "product", "product_list", "catalog_message", "carousel")
"""What has no room for a file above it."""


def _check_unique(values: Sequence[str], *, at: str) -> None:
    if len(set(values)) != len(values):
        raise GraphError(131009, f"Each {at} must differ from the others.")


_TYPES: Final[Mapping[str, Callable[[Mapping[str, Any]], Composed]]] = {
    "button": _buttons,
    "list": _list,
    "cta_url": _link,
    "location_request_message": _ask("place"),
    "request_contact_info": _ask("phone"),
    "flow": _flow,
    "carousel": carousel,
    "product": product,
    "product_list": product_list,
    "catalog_message": catalogue,
    "call_permission_request": _ask_to_call,
    "offers_permission_request": _ask_to_offer,
}
