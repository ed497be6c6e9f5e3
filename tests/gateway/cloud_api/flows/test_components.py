"""What each component becomes."""

from typing import Any

import pytest

from amanat.gateway.cloud_api.flows.at import At
from amanat.gateway.cloud_api.flows.components import Scene, components
from amanat.gateway.forms.model import Answer, Compare, Every, Footer, Negated, Part
from tests.gateway.cloud_api.flows.samples import PIXEL, SERVICES, footer

IS_X = Compare("==", Answer("S", "a"), "x")


def made(*children: dict[str, Any]) -> list[Part | Footer]:
    at = At([*children], "children", issues=[])
    found = list(components(at, Scene("S")))
    assert not at.issues, at.issues
    return found


@pytest.mark.parametrize(
    ("component", "part"),
    [
        ({"type": "TextHeading", "text": "A"}, Part(kind="heading", text="A")),
        ({"type": "TextBody", "text": ["A", "B"]}, Part(kind="body", text="A\nB")),
        ({"type": "Image", "src": PIXEL, "alt-text": "denah"},
         Part(kind="picture", text="denah", source=PIXEL, mimetype="image/png")),
        ({"type": "EmbeddedLink", "text": "Syarat", "on-click-action": {"name": "open_url", "url": "https://a.example"}},
         Part(kind="link", text="Syarat", url="https://a.example")),
        ({"type": "TextInput", "name": "a", "label": "A", "input-type": "number", "helper-text": "tahun"},
         Part(kind="line", name="a", text="A", input="number", helper="tahun", most=80)),
        ({"type": "TextArea", "name": "a", "label": "A", "max-length": 9, "required": True},
         Part(kind="lines", name="a", text="A", most=9, required=True)),
        ({"type": "OptIn", "name": "a", "label": "A", "visible": "`${form.a} == 'x'`"},
         Part(kind="yes", name="a", text="A", when=IS_X)),
        ({"type": "CalendarPicker", "name": "a", "label": {"start-date": "Dari", "end-date": "Sampai"}, "mode": "range",
          "required": {"start-date": True, "end-date": True}, "max-days": 3},
         Part(kind="dates", name="a", text="Dari", required=True, most=3)),
    ],
)  # fmt: skip
def test_a_component(component: dict[str, Any], part: Part) -> None:
    assert made(component) == [part]


def test_choices_look_as_they_were_made() -> None:
    kinds = [
        made({"type": kind, "name": "a", "label": "A", "data-source": SERVICES})[0]
        for kind in ("Dropdown", "RadioButtonsGroup", "CheckboxGroup", "ChipsSelector")
    ]
    assert [(each.kind, each.look) for each in kinds if isinstance(each, Part)] == [
        ("one", ""), ("one", "buttons"), ("many", ""), ("many", ""),
    ]  # fmt: skip


def test_conditions_are_handed_down() -> None:
    said = {"type": "TextBody", "text": "A"}
    inner = {"type": "If", "condition": "${form.a} == 'x'", "then": [said], "else": [said]}
    outer = {"type": "Switch", "value": "${form.a}", "cases": {"x": [inner]}}
    assert [part.when for part in made(outer)] == [Every((IS_X, IS_X)), Every((IS_X, Negated(IS_X)))]
    (lead,) = made({"type": "If", "condition": "${form.a} == 'x'", "then": [footer("Lanjut", to="B")]})
    assert isinstance(lead, Footer)
    assert (lead.to, lead.when) == ("B", IS_X)


def test_a_form_says_what_is_in_its_fields_at_first() -> None:
    field = {"type": "TextInput", "name": "a", "label": "A"}
    (part,) = made({"type": "Form", "name": "form", "children": [field], "init-values": {"a": "halo"}})
    assert isinstance(part, Part)
    assert part.start == "halo"
