import json
from typing import Any

import pytest

from amanat.gateway.bots.menus import asking
from amanat.gateway.bots.model import Choice, Words
from amanat.gateway.cloud_api.composing import MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.interactive import interactive


def button(id: str, title: str) -> dict[str, Any]:
    return {"type": "reply", "reply": {"id": id, "title": title}}


def rows(count: int) -> list[dict[str, Any]]:
    return [{"id": f"r{index}", "title": f"Baris {index}"} for index in range(count)]


def listed(*sections: dict[str, Any], **action: Any) -> dict[str, Any]:
    return {
        "type": "list",
        "body": {"text": "Pilih"},
        "action": {"button": "Buka", "sections": list(sections), **action},
    }


def test_buttons_with_a_header_and_a_footer() -> None:
    composed = interactive(
        {
            "type": "button",
            "header": {"type": "text", "text": "Layanan"},
            "body": {"text": "Pilih *satu*"},
            "footer": {"text": "24 jam"},
            "action": {"buttons": [button("a", "Satu"), button("b", "Dua")]},
        }
    )
    assert composed.style == "buttons"
    assert composed.choices == (Choice(label="Satu", data="a"), Choice(label="Dua", data="b"))
    assert composed.words.text == "Layanan\n\nPilih *satu*\n\n24 jam"
    assert composed.words.html.startswith("<strong>Layanan</strong><br><br>Pilih <strong>satu</strong>")


def test_chatwoot_sends_the_action_as_a_string_and_a_section_without_a_title() -> None:
    action = json.dumps({"button": "Choose", "sections": [{"rows": rows(4)}]})
    composed = interactive({"type": "list", "body": {"text": "Pilih"}, "action": action})
    assert (composed.style, len(composed.choices)) == ("list", 4)


def test_typebot_s_body_may_be_a_bar() -> None:
    composed = interactive({"type": "button", "body": {"text": "―"}, "action": {"buttons": [button("a", "A")]}})
    assert composed.words == Words(text="―")


def test_rows_have_descriptions_and_sections() -> None:
    row = {"id": "r", "title": "Paspor", "description": "Baru dan ganti"}
    (choice,) = interactive(listed({"title": "Imigrasi", "rows": [row]})).choices
    assert choice == Choice(label="Paspor", data="r", description="Baru dan ganti", section="Imigrasi")


def test_a_link_and_a_question_for_a_place() -> None:
    link = {"display_text": "Buka", "url": "https://kantor.example"}
    linked = interactive({"type": "cta_url", "body": {"text": "x"}, "action": {"name": "cta_url", "parameters": link}})
    assert linked.choices == (Choice(label="Buka", url="https://kantor.example"),)
    asked = interactive(
        {"type": "location_request_message", "body": {"text": "Di mana?"}, "action": {"name": "send_location"}}
    )
    assert (asked.words.text, asked.choices) == ("Di mana?", (asking("place"),))
    number = {"type": "request_contact_info", "body": {"text": "?"}, "action": {"name": "request_contact_info"}}
    assert interactive(number).choices == (asking("phone"),)


def test_a_question_whether_the_business_may_call_is_answered_by_two_buttons() -> None:
    action = {"name": "call_permission_request", "parameters": {}}
    composed = interactive({"type": "call_permission_request", "body": {"text": "Boleh?"}, "action": action})
    assert (composed.words.text, composed.style) == ("Boleh?", "call")
    assert [(choice.data, *dict(choice.labels)) for choice in composed.choices] == [
        ("accept", "id", "en"), ("reject", "id", "en"),
    ]  # fmt: skip


def test_a_header_may_be_a_file() -> None:
    header = {"type": "image", "image": {"id": "477"}}
    composed = interactive(
        {"type": "button", "header": header, "body": {"text": "x"}, "action": {"buttons": [button("a", "A")]}}
    )
    assert composed.media == MediaRef(type="image", id="477")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"action": {"buttons": []}}, 131009),
        ({"action": {"buttons": [button(str(index), str(index)) for index in range(4)]}}, 131009),
        ({"action": {"buttons": [button("a", "A"), button("a", "B")]}}, 131009),
        ({"action": {"buttons": [button("a", "A"), button("b", "A")]}}, 131009),
        ({"action": {"buttons": [button("a", "x" * 21)]}}, 100),
        ({"action": {"buttons": [button("x" * 257, "A")]}}, 100),
        ({"action": "{"}, 100),
        ({"action": 3}, 100),
        ({"body": {"text": "x" * 1025}}, 100),
        ({"body": None}, 131008),
        ({"footer": {"text": "x" * 61}}, 100),
        ({"header": {"type": "text", "text": "x" * 61}}, 100),
        ({"header": {"type": "video"}}, 131009),
        ({"type": "flow"}, 131008),
        ({"type": "voice_call"}, 131051),
    ],
)
def test_what_is_refused(changed: dict[str, Any], code: int) -> None:
    good = {"type": "button", "body": {"text": "x"}, "action": {"buttons": [button("a", "A")]}}
    with pytest.raises(GraphError) as error:
        interactive(good | changed)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (listed({"rows": rows(11)}), 131009),
        (listed({"title": "a", "rows": rows(6)}, {"title": "b", "rows": rows(6)}), 131009),
        (listed({"rows": []}), 131009),
        (listed({"rows": [{"id": "x" * 201, "title": "a"}]}), 100),
        (listed({"rows": [{"id": "x", "title": "a" * 25}]}), 100),
        (listed({"rows": [{"id": "x", "title": "a", "description": "x" * 73}]}), 100),
        (listed({"title": "x" * 25, "rows": rows(1)}), 100),
        (listed({"rows": rows(1)}, button="x" * 21), 100),
        (listed({"rows": rows(1)}, button=""), 131008),
    ],
)
def test_what_is_refused_of_a_list(value: dict[str, Any], code: int) -> None:
    with pytest.raises(GraphError) as error:
        interactive(value)
    assert error.value.code == code
