from typing import Any

import pytest

from amanat.gateway.bots.model import Place, Words
from amanat.gateway.cloud_api.composing import BY_TYPE, Composed, MediaRef
from amanat.gateway.cloud_api.errors import GraphError


@pytest.mark.parametrize(
    ("kind", "value", "composed"),
    [
        ("text", {"body": "halo", "preview_url": True}, Composed(words=Words(text="halo"))),
        (
            "image",
            {"link": "https://x.example/a.png", "caption": "*A*"},
            Composed(
                words=Words(text="*A*", html="<strong>A</strong>"),
                media=MediaRef(type="image", link="https://x.example/a.png"),
            ),
        ),
        (
            "document",
            {"id": "477", "filename": "syarat.pdf", "caption": None},
            Composed(media=MediaRef(type="document", id="477", filename="syarat.pdf")),
        ),
        ("audio", {"id": 477, "voice": True}, Composed(media=MediaRef(type="audio", id="477", is_voice=True))),
        ("sticker", {"id": "477"}, Composed(media=MediaRef(type="sticker", id="477"))),
        (
            "location",
            {"latitude": "-6.2", "longitude": 106.8, "name": "Kantor", "address": "Jl. A"},
            Composed(place=Place(latitude=-6.2, longitude=106.8, text="Kantor\nJl. A")),
        ),
        (
            "contacts",
            [
                {
                    "name": {"formatted_name": "Ibu Sari", "first_name": "Sari"},
                    "phones": [{"phone": "+62811", "type": "WORK"}],
                    "emails": [{"email": "sari@example.go.id"}],
                    "org": {"company": "Kantor", "title": "Kepala"},
                }
            ],
            Composed(
                words=Words(
                    text="Ibu Sari\nKepala, Kantor\n+62811\nsari@example.go.id",
                    html="<strong>Ibu Sari</strong><br>Kepala, Kantor<br>+62811<br>sari@example.go.id",
                )
            ),
        ),
    ],
)
def test_each_type(kind: str, value: Any, composed: Composed) -> None:
    assert BY_TYPE[kind](value) == composed


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("text", {"body": "x" * 4097}, 100),
        ("text", {"body": " "}, 131008),
        ("text", {}, 131008),
        ("text", "halo", 100),
        ("image", {}, 131008),
        ("image", {"id": "477", "caption": "x" * 1025}, 100),
        ("video", {"link": None, "id": None}, 131008),
        ("location", {"latitude": 91, "longitude": 0}, 131009),
        ("location", {"latitude": 9}, 131008),
        ("contacts", [], 131009),
        ("contacts", [{"name": {}}], 131008),
    ],
)
def test_what_is_refused(kind: str, value: Any, code: int) -> None:
    with pytest.raises(GraphError) as error:
        BY_TYPE[kind](value)
    assert error.value.code == code
