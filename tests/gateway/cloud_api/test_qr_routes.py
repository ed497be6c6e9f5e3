"""QR codes as pywa makes, lists, changes and deletes them, and their pictures, which anybody may see."""

import asyncio

import pytest
from pywa import WhatsApp
from pywa.errors import WhatsAppError
from pywa.types import QRCodeImageType

from amanat.compat import pywa_session
from amanat.gateway.cloud_api.qr_codes import MOST
from amanat.gateway.cloud_api.settings import Settings
from tests.gateway.cloud_api.stand import TOKEN, Stand

APP = "https://chat.example"


async def test_pywa_makes_changes_and_deletes_a_code(cloud: Stand) -> None:
    cloud.settings = Settings(app=APP)

    def talk() -> tuple[str | None, str | None]:
        with pywa_session(cloud.url, verify=False) as session:
            wa = WhatsApp(phone_id=cloud.phone, token=TOKEN, session=session)
            made = wa.create_qr_code(prefilled_message="Halo, biaya?", image_type=QRCodeImageType.SVG)
            assert made.deep_link_url == f"{APP}/#/u/bot?text=Halo%2C%20biaya%3F"
            (listed,) = list(wa.get_qr_codes())
            assert (listed.code, listed.qr_image_url) == (made.code, None)
            changed = listed.update(prefilled_message="Syarat?")
            assert (changed.code, changed.deep_link_url) == (made.code, f"{APP}/#/u/bot?text=Syarat%3F")
            with_picture = listed.fetch_image(QRCodeImageType.PNG)
            assert with_picture is not None
            assert with_picture.prefilled_message == "Syarat?"
            assert listed.delete().success
            with pytest.raises(WhatsAppError, match="Invalid parameter"):
                wa.get_qr_code(code=made.code)
            return made.qr_image_url, with_picture.qr_image_url

    svg, png = await asyncio.to_thread(talk)
    assert svg is not None
    assert png is not None
    assert (svg.rpartition(".")[2], png.rpartition(".")[2]) == ("svg", "png")


async def test_a_picture_is_there_for_whoever_knows_its_name(cloud: Stand) -> None:
    cloud.settings = Settings(app=APP)
    path = f"/v23.0/{cloud.phone}/message_qrdls"
    made = (await cloud.ask("POST", path, json={"prefilled_message": "Halo", "generate_qr_image": "PNG"})).json()
    shown = await cloud.client.get(made["qr_image_url"])
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/png")
    assert shown.content.startswith(b"\x89PNG")
    for wrong in (
        made["qr_image_url"].replace(".png", ".gif"),
        made["qr_image_url"].replace(made["code"], "A" * 14),
        made["qr_image_url"].replace(f"/{cloud.phone}/", "/15/"),
    ):
        assert (await cloud.client.get(wrong)).status_code == 400
    assert (await cloud.ask("GET", path, token=None)).status_code == 401


async def test_what_is_no_code_is_refused(cloud: Stand) -> None:
    path = f"/v23.0/{cloud.phone}/message_qrdls"
    refused = await cloud.ask("POST", path, json={"prefilled_message": "Halo"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (400, 3), "there is no app to lead to"
    cloud.settings = Settings(app=APP)
    wrongs: list[dict[str, str]] = [
        {},
        {"prefilled_message": ""},
        {"prefilled_message": "x" * 141},
        {"prefilled_message": "x", "generate_qr_image": "GIF"},
        {"prefilled_message": "x", "code": "NONE"},
    ]
    for wrong in wrongs:
        assert (await cloud.ask("POST", path, json=wrong)).status_code == 400, wrong
    assert (await cloud.ask("DELETE", f"{path}/NONE")).status_code == 400
    made = await asyncio.gather(*(cloud.ask("POST", path, json={"prefilled_message": "x"}) for _ in range(MOST + 1)))
    assert sorted(answer.status_code for answer in made) == [200] * MOST + [400]
    assert len((await cloud.ask("GET", path)).json()["data"]) == MOST
