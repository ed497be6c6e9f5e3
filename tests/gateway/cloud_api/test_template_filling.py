from typing import Any

import pytest

from amanat.gateway.bots.model import Choice
from amanat.gateway.cloud_api.composing import MediaRef
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.template_filling import fill, wanted
from amanat.gateway.cloud_api.templates import Template, make

BODY = {"type": "BODY", "text": "Janji Anda pindah ke {{1}} jam {{2}}."}


def template(*components: dict[str, Any], **changed: Any) -> Template:
    asked = {"name": "a", "language": "id", "category": "UTILITY", "components": [*components], **changed}
    return make(asked, number=1)


def ask(*components: dict[str, Any]) -> Any:
    return wanted({"name": "a", "language": {"policy": "deterministic", "code": "id"}, "components": [*components]})


def text(value: str, **more: str) -> dict[str, Any]:
    return {"type": "text", "text": value, **more}


def test_every_part_is_filled() -> None:
    made = template(
        {"type": "HEADER", "format": "TEXT", "text": "Halo {{1}}!"},
        BODY,
        {"type": "FOOTER", "text": "Kantor"},
        {
            "type": "BUTTONS",
            "buttons": [
                {"type": "QUICK_REPLY", "text": "Baik"},
                {"type": "URL", "text": "Lihat", "url": "https://kantor.example/{{1}}"},
                {"type": "PHONE_NUMBER", "text": "Telepon", "phone_number": "+6221"},
            ],
        },
    )
    composed = fill(
        made,
        ask(
            {"type": "header", "parameters": [text("Budi")]},
            {"type": "body", "parameters": [{"type": "currency", "currency": {"fallback_value": "Senin"}}, text("9")]},
            {
                "type": "button",
                "sub_type": "quick_reply",
                "index": "0",
                "parameters": [{"type": "payload", "payload": "ok"}],
            },
            {"type": "button", "sub_type": "url", "index": 1, "parameters": [text("7")]},
        ),
    )
    assert composed.words.text == "Halo Budi!\n\nJanji Anda pindah ke Senin jam 9.\n\nKantor"
    assert composed.style == "template"
    assert composed.choices == (
        Choice(label="Baik", data="ok"),
        Choice(label="Lihat", url="https://kantor.example/7"),
        Choice(label="Telepon", url="tel:+6221"),
    )


def test_parameters_may_have_names() -> None:
    made = template({"type": "BODY", "text": "Halo {{nama}} di {{kota}}!"}, parameter_format="NAMED")
    given = [text("Depok", parameter_name="kota"), text("Budi", parameter_name="nama")]
    assert fill(made, ask({"type": "body", "parameters": given})).words.text == "Halo Budi di Depok!"
    with pytest.raises(GraphError) as error:
        fill(made, ask({"type": "body", "parameters": [given[0], text("x", parameter_name="lain")]}))
    assert (error.value.code, "nama" in error.value.details) == (132000, True)


def test_a_header_may_be_a_file() -> None:
    made = template({"type": "HEADER", "format": "DOCUMENT"}, {"type": "BODY", "text": "Berkas."})
    given = {"type": "document", "document": {"link": "https://x.example/a.pdf", "filename": "a.pdf"}}
    composed = fill(made, ask({"type": "header", "parameters": [given]}))
    assert composed.media == MediaRef(type="document", link="https://x.example/a.pdf", filename="a.pdf")
    with pytest.raises(GraphError) as error:
        fill(made, ask({"type": "header", "parameters": [text("x")]}))
    assert error.value.code == 132012


@pytest.mark.parametrize(
    ("components", "code", "words"),
    [
        ([], 132000, "body: number of localizable_params (0) does not match the expected (2)"),
        ([{"type": "body", "parameters": [text("a")]}], 132000, "body"),
        ([{"type": "body", "parameters": [text("a"), {"type": "image"}]}], 132012, "body {{2}}"),
        ([{"type": "body", "parameters": [text("a"), text(" ")]}], 131008, "body {{2}}"),
        ([{"type": "body", "parameters": [text("a"), text("x" * 1024)]}], 132005, "1024"),
        ([{"type": "header", "parameters": [text("a")]}], 132000, "header"),
    ],
)
def test_what_does_not_fit_is_named(components: list[dict[str, Any]], code: int, words: str) -> None:
    with pytest.raises(GraphError) as error:
        fill(template(BODY), ask(*components))
    assert (error.value.code, words in error.value.details) == (code, True)
