"""What a form makes of answers: the same cases that the app's own rules are held against (`web/tests/viewmodels`)."""

from pathlib import Path
from typing import Any

from msgspec import json

from amanat.gateway.forms.filling import Page
from amanat.gateway.forms.model import Screen

HELD: dict[str, Any] = json.decode((Path(__file__).parent / "filled.json").read_bytes())
SCREENS = json.decode(json.encode(HELD["screens"]), type=tuple[Screen, ...])


def pages(**changed: dict[str, Any]) -> list[Page]:
    """The good answers, changed."""
    return [Page(id, values | changed.get(id, {})) for id, values in HELD["good"].items()]
