"""A static Flow JSON as a form, or what is wrong with it. Pure; it is read, and nothing of it is run."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from msgspec import Struct, json

from amanat.gateway.cloud_api.flows.at import At
from amanat.gateway.cloud_api.flows.components import Scene, components
from amanat.gateway.cloud_api.flows.expressions import names_in
from amanat.gateway.cloud_api.flows.issues import Issue
from amanat.gateway.forms.model import (
    FIELDS,
    MOST_BYTES,
    PARTS,
    SCREENS,
    Answer,
    Footer,
    Part,
    Screen,
)

OLDEST, NEWEST = (2, 1), (7, 3)
_ID: Final = re.compile(r"[A-Za-z0-9_]{1,64}", re.ASCII)
_VERSION: Final = re.compile(r"(\d{1,2})\.(\d{1,2})", re.ASCII)
_ENDPOINT: Final = ("data_api_version", "data_channel_uri", "endpoint_uri")


class Compiled(Struct, frozen=True, kw_only=True):
    """The screens of a form, in their order; what is wrong, in which case the screens are of no use."""

    version: str
    screens: tuple[Screen, ...]
    issues: tuple[Issue, ...]

    @property
    def is_dynamic(self) -> bool:
        """Whether it asks for an endpoint."""
        return any(issue.is_dynamic for issue in self.issues)


def compiled(flow: object) -> Compiled:
    """Return a flow's JSON as a form."""
    at = At(flow, "", issues=[])
    at.fields()
    version = _version(at["version"])
    for name in _ENDPOINT:
        if name in at:
            at[name].wrong("Flows with an endpoint are not offered here.", error="INVALID_PROPERTY", is_dynamic=True)
    read = [(place, _screen(place)) for place in at["screens"].items(most=SCREENS)]
    screens = tuple(screen for _, screen in read)
    if not screens and isinstance(at["screens"].value, list):
        at["screens"].wrong("There must be a screen.")
    for place, screen in read:
        _check_screen(place, screen, screens=screens)
    _check_ways(at, screens)
    size = len(json.encode(screens))
    if size > MOST_BYTES:
        at.wrong(f"The form has {size} bytes, pictures counted, and {MOST_BYTES} is the most: it travels in a message.")
    return Compiled(version=version, screens=screens, issues=tuple(at.issues))


def _version(at: At) -> str:
    version = str(at.value) if isinstance(at.value, str | float) else ""
    found = _VERSION.fullmatch(version)
    if found is None or not OLDEST <= (int(found[1]), int(found[2])) <= NEWEST:
        at.wrong("Versions 2.1 to 7.3 of Flow JSON are offered here.")
    return version


def _screen(at: At) -> Screen:
    id = at["id"].text(most=64)
    if id and (not _ID.fullmatch(id) or id == "SUCCESS"):
        at["id"].wrong("An id of letters, digits and _ is expected, and not SUCCESS.")
    if at["layout"]["type"].value not in (None, "SingleColumnLayout"):
        at["layout"]["type"].wrong("Only SingleColumnLayout is offered here.")
    found = list(islice(components(at["layout"]["children"], Scene(id)), PARTS + 1))
    secret = [name.text(most=80) for name in at["sensitive"].items(most=PARTS)] if "sensitive" in at else []
    if len(found) > PARTS:
        at["layout"].wrong(f"A screen may have {PARTS} components, and there are more.")
    return Screen(
        id=id,
        title=at["title"].text(most=200) if "title" in at else "",
        parts=tuple(part for part in found if isinstance(part, Part)),
        footers=tuple(footer for footer in found if isinstance(footer, Footer)),
        takes=tuple(str(name) for name in at["data"].fields()),
        secret=tuple(secret),
    )


def _check_screen(at: At, screen: Screen, *, screens: Sequence[Screen]) -> None:
    names = [part.name for part in screen.parts if part.kind in FIELDS]
    for name in sorted({name for name in names if names.count(name) > 1}):
        # What stands in two branches of a condition is one field to Meta, and two here.
        at["layout"].wrong(f"Two fields are called {name}.", error="DUPLICATE_FORM_COMPONENT_NAMES")
    if not screen.footers:
        at["layout"].wrong("A screen must have a Footer.", error="MISSING_REQUIRED_PROPERTY")
    for named in _named(screen):
        if not _is_there(named, screens):
            at["layout"].wrong(f"{_shown(named, screen)} names nothing.")
    above: set[str] = set()
    for part in screen.parts:
        for named in names_in(part.when) + names_in(part.required) + names_in(part.enabled):
            if isinstance(named, Answer) and named.screen == screen.id and named.name not in above:
                at["layout"].wrong(f"{_shown(named, screen)} is a condition of what stands above it, or of itself.")
        above.add(part.name)


def _named(screen: Screen) -> Iterator[Any]:
    for part in screen.parts:
        values = [getattr(part, name) for name in Part.__struct_fields__ if name != "options"]
        chosen = [part.options] if not isinstance(part.options, tuple) else []
        listed = [] if chosen else [value for o in part.options for value in (o.title, o.description, o.enabled)]  # type: ignore[union-attr]  # no tuple, by the line above
        for value in (*values, *chosen, *listed):
            yield from names_in(value)
    for footer in screen.footers:
        for value in (footer.label, footer.when, footer.enabled, *footer.gives.values()):
            yield from names_in(value)


def _is_there(name: Any, screens: Sequence[Screen]) -> bool:
    for screen in screens:
        if screen.id == name.screen:
            fields = {part.name for part in screen.parts if part.kind in FIELDS}
            return name.name in (fields if isinstance(name, Answer) else screen.takes)
    return False


def _shown(name: Any, screen: Screen) -> str:
    source = "form" if isinstance(name, Answer) else "data"
    return f"${{{'' if name.screen == screen.id else f'screen.{name.screen}.'}{source}.{name.name}}}"


def _check_ways(at: At, screens: Sequence[Screen]) -> None:
    by_id = {screen.id: screen for screen in screens}
    if len(by_id) < len(screens):
        at["screens"].wrong("Each id must differ from the others.", error="DUPLICATE_SCREEN_IDS")
    routes = at["routing_model"].fields()
    for index, screen in enumerate(screens):
        place = At(None, f"screens[{index}]", issues=at.issues)
        for footer in screen.footers:
            _check_way(place, screen, footer=footer, to=by_id.get(footer.to), routes=routes)
    if screens and not any(not footer.to for screen in screens for footer in screen.footers):
        at["screens"].wrong("One screen must complete the flow.", error="MISSING_TERMINAL_SCREEN")
    if _goes_round(by_id):
        at["screens"].wrong("The screens lead back to each other: there must be an end.", error="INVALID_ROUTING_MODEL")


def _check_way(at: At, screen: Screen, *, footer: Footer, to: Screen | None, routes: Mapping[str, Any]) -> None:
    if not footer.to:
        return
    if to is None:
        at.wrong(f"There is no screen {footer.to}.", error="INVALID_NAVIGATE_ACTION_NEXT_SCREEN_NAME")
        return
    allowed = routes.get(screen.id)
    if routes and isinstance(allowed, list) and to.id not in allowed:
        at.wrong(f"The routing_model does not lead from {screen.id} to {to.id}.", error="INVALID_ROUTING_MODEL")
    missing = sorted(set(to.takes) - set(footer.gives))
    if missing:
        at.wrong(f"The payload for {to.id} has no {', '.join(missing)}.", error="INVALID_ON_CLICK_ACTION_PAYLOAD")


def _goes_round(by_id: Mapping[str, Screen]) -> bool:
    """Whether some way leads back to a screen: what has no way out is taken away until nothing or a ring is left."""
    ways = {id: {footer.to for footer in screen.footers if footer.to in by_id} for id, screen in by_id.items()}
    while ends := {id for id, tos in ways.items() if not tos}:
        ways = {id: tos - ends for id, tos in ways.items() if id not in ends}
    return bool(ways)
