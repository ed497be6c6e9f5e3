"""The components of Flow JSON as parts of a form's screen: a table of what each becomes. Pure.

Source: developers.facebook.com, "Flow JSON, Components". What stands under a condition is there with the condition.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from amanat.gateway.cloud_api.flows.at import At
from amanat.gateway.cloud_api.flows.values import (
    BODY,
    HELPER,
    LABEL,
    condition,
    days,
    dynamic,
    options,
    payload,
    picture,
    weekdays,
    words,
)
from amanat.gateway.forms.model import PARTS, Compare, Every, Footer, Kind, Negated, Part, Value

LINE, LINES = 80, 600
"""As many characters may be written where a flow says nothing, as Meta has it."""
DEEPEST: Final = 5
"""How deep conditions may stand in each other; Meta has 3."""
_INPUTS: Final = ("text", "number", "email", "password", "passcode", "phone")
_DYNAMIC: Final = "This needs an endpoint of the business, which is not offered here: use navigate and complete."


class Scene(Struct, frozen=True):
    """Where components stand: on which screen, in which form, under which conditions, how deep."""

    screen: str
    form: At | None = None
    when: tuple[Value, ...] = ()
    depth: int = 0

    def under(self, condition: Value) -> "Scene":
        """Return the scene within a condition."""
        return Scene(self.screen, self.form, (*self.when, condition), self.depth + 1)


Found = Part | Footer


def components(at: At, scene: Scene) -> Iterator[Found]:
    """Yield what a list of components becomes."""
    if scene.depth > DEEPEST:
        at.wrong(f"Conditions may stand {DEEPEST} deep.")
        return
    for child in at.items(most=PARTS):
        kind = child["type"].text(most=40)
        if kind in _NESTING:
            yield from _NESTING[kind](child, scene)
        elif kind in _SINGLE:
            yield _SINGLE[kind](child, scene)
        elif kind:
            child["type"].wrong(f"The component {kind} is not offered here.")


# What holds others.


def _form(at: At, scene: Scene) -> Iterator[Found]:
    return components(at["children"], Scene(scene.screen, at, scene.when, scene.depth + 1))


def _if(at: At, scene: Scene) -> Iterator[Found]:
    holds = condition(at["condition"], screen=scene.screen)
    yield from components(at["then"], scene.under(holds))
    if "else" in at:
        yield from components(at["else"], scene.under(Negated(holds)))


def _switch(at: At, scene: Scene) -> Iterator[Found]:
    value = dynamic(at["value"], screen=scene.screen)
    cases = at["cases"]
    for name in cases.fields():
        yield from components(cases[name], scene.under(Compare("==", value, str(name))))


# What says something.


def _said(kind: Kind) -> Callable[[At, Scene], Part]:
    def make(at: At, scene: Scene) -> Part:
        text = words(at["text"], screen=scene.screen, most=BODY)
        return Part(kind=kind, text=text, when=_when(at, scene))

    return make


def _image(at: At, scene: Scene) -> Part:
    source, mimetype = picture(at["src"])
    alt = dynamic(at["alt-text"], screen=scene.screen, most=HELPER) or ""
    return Part(kind="picture", text=alt, when=_when(at, scene), source=source, mimetype=mimetype)


def _link(at: At, scene: Scene) -> Part:
    text = words(at["text"], screen=scene.screen, most=LABEL)
    return Part(kind="link", text=text, when=_when(at, scene), url=_address(at["on-click-action"]))


def _address(at: At) -> str:
    if at["name"].value != "open_url":
        at["name"].wrong("Only open_url is offered here.", is_dynamic=at["name"].value == "data_exchange")
        return ""
    url = at["url"].text(most=2000)
    if url and not url.startswith(("https://", "http://")):
        at["url"].wrong("A web address is expected.")
    return url


# What asks something.


def _field(kind: Kind, at: At, scene: Scene, **more: Any) -> Part:
    name, screen = at["name"].text(most=80), scene.screen
    for action in ("on-select-action", "on-unselect-action"):
        if action in at:
            is_dynamic = at[action]["name"].value == "data_exchange"
            at[action].wrong(_DYNAMIC if is_dynamic else "update_data is not offered here.", is_dynamic=is_dynamic)
    if "pattern" in at:
        at["pattern"].wrong("Patterns of a flow's own are not offered here: use input-type, min-chars and max-chars.")
    label = at["label"]
    if isinstance(label.value, Mapping):
        label = label["start-date"]
    start = at["init-value"]
    if start.value is None and scene.form is not None:
        start = scene.form["init-values"][name]
    return Part(
        kind=kind,
        name=name,
        text=words(label, screen=screen, most=LABEL),
        when=_when(at, scene),
        required=_truth(at["required"], screen, usual=False),
        enabled=_truth(at["enabled"], screen, usual=True),
        helper=_helper(at, screen),
        start=start.value if isinstance(start.value, list) else dynamic(start, screen=screen),
        **more,
    )


def _line(at: At, scene: Scene) -> Part:
    kind = at["input-type"].value or "text"
    if kind not in _INPUTS:
        at["input-type"].wrong(f"One of {', '.join(_INPUTS)} is expected.")
        kind = "text"
    least = dynamic(at["min-chars"], screen=scene.screen)
    most = dynamic(at["max-chars"], screen=scene.screen)
    return _field("line", at, scene, input=kind, least=least, most=LINE if most is None else most)


def _lines(at: At, scene: Scene) -> Part:
    most = dynamic(at["max-length"], screen=scene.screen)
    return _field("lines", at, scene, most=LINES if most is None else most)


def _one(at: At, scene: Scene) -> Part:
    return _field("one", at, scene, options=options(at["data-source"], screen=scene.screen))


def _radio(at: At, scene: Scene) -> Part:
    return _field("one", at, scene, options=options(at["data-source"], screen=scene.screen), look="buttons")


def _many(at: At, scene: Scene) -> Part:
    return _field(
        "many",
        at,
        scene,
        options=options(at["data-source"], screen=scene.screen),
        least=dynamic(at["min-selected-items"], screen=scene.screen),
        most=dynamic(at["max-selected-items"], screen=scene.screen),
    )


def _yes(at: At, scene: Scene) -> Part:
    action = at["on-click-action"]
    return _field("yes", at, scene, url=_address(action) if action.value is not None else "")


def _day(kind: Kind, at: At, scene: Scene) -> Part:
    return _field(
        kind,
        at,
        scene,
        first=dynamic(at["min-date"], screen=scene.screen),
        last=dynamic(at["max-date"], screen=scene.screen),
        closed=days(at["unavailable-dates"], screen=scene.screen),
        weekdays=weekdays(at["include-days"]),
        least=dynamic(at["min-days"], screen=scene.screen),
        most=dynamic(at["max-days"], screen=scene.screen),
    )


def _date(at: At, scene: Scene) -> Part:
    return _day("date", at, scene)


def _calendar(at: At, scene: Scene) -> Part:
    return _day("dates" if at["mode"].value == "range" else "date", at, scene)


# What leads on.


def _footer(at: At, scene: Scene) -> Footer:
    action, to = at["on-click-action"], ""
    name = action["name"].value
    if name == "navigate":
        to = action["next"]["name"].text(most=80)
        if action["next"]["type"].value not in (None, "screen"):
            action["next"]["type"].wrong("Only screen is offered here.")
    elif name == "data_exchange":
        action["name"].wrong(_DYNAMIC, is_dynamic=True)
    elif name != "complete":
        action["name"].wrong("One of navigate and complete is expected.")
    return Footer(
        label=words(at["label"], screen=scene.screen, most=LABEL),
        when=_when(at, scene),
        enabled=_truth(at["enabled"], scene.screen, usual=True),
        to=to,
        gives=payload(action["payload"], screen=scene.screen),
    )


def _when(at: At, scene: Scene) -> Value:
    own = () if at["visible"].value is None else (dynamic(at["visible"], screen=scene.screen),)
    when = (*scene.when, *own)
    return True if not when else when[0] if len(when) == 1 else Every(when)


def _truth(at: At, screen: str, *, usual: bool) -> Value:
    if isinstance(at.value, Mapping):  # of the two ends of a range
        at = at["start-date"]
    return usual if at.value is None else dynamic(at, screen=screen)


def _helper(at: At, screen: str) -> Value:
    helper = at["helper-text"] if "helper-text" in at else at["description"]
    if isinstance(helper.value, Mapping):
        helper = helper["start-date"]
    return dynamic(helper, screen=screen, most=HELPER) or ""


_NESTING: Final[Mapping[str, Callable[[At, Scene], Iterator[Found]]]] = {"Form": _form, "If": _if, "Switch": _switch}
_SINGLE: Final[Mapping[str, Callable[[At, Scene], Found]]] = {
    "TextHeading": _said("heading"),
    "TextSubheading": _said("subheading"),
    "TextBody": _said("body"),
    "TextCaption": _said("caption"),
    "Image": _image,
    "EmbeddedLink": _link,
    "TextInput": _line,
    "TextArea": _lines,
    "Dropdown": _one,
    "RadioButtonsGroup": _radio,
    "CheckboxGroup": _many,
    "ChipsSelector": _many,
    "OptIn": _yes,
    "DatePicker": _date,
    "CalendarPicker": _calendar,
    "Footer": _footer,
}
