"""Links and QR codes as they are told and drawn."""

from io import BytesIO

import pytest
from PIL import Image

from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.qr_codes import LENGTH, QrCode, deep_link, image_url, make_code, picture


def test_words_stand_where_no_server_sees_them() -> None:
    link = deep_link("https://chat.example", "toko", message="Halo & apa/kabar?\n#1")
    assert link == "https://chat.example/#/u/toko?text=Halo%20%26%20apa%2Fkabar%3F%0A%231"
    with pytest.raises(GraphError, match="make this API call"):
        deep_link("", "toko", message="Halo")


def test_a_picture_is_drawn_in_either_form() -> None:
    link = deep_link("https://chat.example", "toko", message="x" * 140)
    with Image.open(BytesIO(picture(link, "png"))) as drawn:
        assert drawn.format == "PNG"
        assert drawn.size[0] == drawn.size[1] > 200
    assert picture(link, "svg").startswith(b"<?xml")


def test_a_name_is_not_guessed() -> None:
    names = {make_code() for _ in range(100)}
    assert (len(names), {len(name) for name in names}) == (100, {LENGTH})
    told = image_url("https://gw", QrCode(code="ABC", message="x"), number=7, kind="svg")
    assert told == "https://gw/whatsapp_business/qr/17/ABC.svg"
