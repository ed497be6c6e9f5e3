from typing import Any

import pytest

from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.templates import filled, make, variables

BODY = {"type": "BODY", "text": "Janji Anda pindah ke {{1}} jam {{2}}."}


def asked(*components: dict[str, Any], **changed: Any) -> dict[str, Any]:
    parts = list(components) or [BODY]
    return {"name": "janji_pindah", "language": "id", "category": "UTILITY", "components": parts, **changed}


def test_what_keeps_the_rules_is_approved_at_once() -> None:
    template = make(asked(BODY, {"type": "footer", "text": "Kantor"}, category="utility"), number=3)
    assert (template.status, template.category, template.number) == ("APPROVED", "UTILITY", 3)
    assert [part.type for part in template.components] == ["BODY", "FOOTER"]


@pytest.mark.parametrize(
    "components",
    [
        [{"type": "BODY", "text": "{{1}} adalah nomor Anda"}],
        [{"type": "BODY", "text": "Nomor Anda {{1}}"}],
        [{"type": "BODY", "text": "Nomor {{2}} dan {{1}} Anda"}],
        [{"type": "BODY", "text": "Nomor {{1} Anda {{"}],
        [{"type": "BODY", "text": "Nomor {{nama}} Anda"}],
        [BODY, {"type": "HEADER", "text": "A {{1}} B {{2}} C"}],
    ],
)
def test_what_breaks_a_rule_of_content_is_rejected(components: list[dict[str, Any]]) -> None:
    template = make(asked(*components), number=1)
    assert (template.status, template.rejected_reason) == ("REJECTED", "INVALID_FORMAT")


def test_variables_may_have_names() -> None:
    named = {"type": "BODY", "text": "Halo {{nama}}, sampai {{hari}}!"}
    assert make(asked(named, parameter_format="NAMED"), number=1).status == "APPROVED"
    assert variables("{{b}} {{ a }} {{b}}") == ["b", "a"]
    assert filled("{{1}}-{{2}}-{{1}}", {"1": "a", "2": "{{1}}"}) == "a-{{1}}-a"


@pytest.mark.parametrize(
    "fields",
    [
        asked(name="Janji"),
        asked(language="bahasa"),
        asked(category="OTHER"),
        asked(BODY, BODY),
        asked({"type": "FOOTER", "text": "x"}),
        asked(BODY, {"type": "CAROUSEL"}),
        asked({"type": "BODY", "text": "x" * 1025}),
        asked({"type": "BODY", "text": " "}),
        asked(BODY, {"type": "HEADER", "text": "x" * 61}),
        asked(BODY, {"type": "HEADER", "format": "PRODUCT"}),
        asked(BODY, {"type": "BUTTONS", "buttons": []}),
        asked(BODY, {"type": "BUTTONS", "buttons": [{"type": "OTP", "text": "x"}]}),
        asked(BODY, {"type": "BUTTONS", "buttons": [{"type": "URL", "text": "x", "url": "javascript:1"}]}),
        asked(BODY, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "x" * 26}]}),
        {"name": "x"},
        [],
    ],
)
def test_what_has_no_sense_is_refused(fields: object) -> None:
    with pytest.raises(GraphError):
        make(fields, number=1)
