"""Contract: pywa, unmodified but for its session, with somebody in an encrypted room."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from pywa import WhatsApp
from pywa import types as wa_types
from pywa.errors import ReEngagementMessage, UserStoppedMarketingMessages
from pywa.types.callback import BaseCarouselCard
from pywa_async import WhatsApp as AsyncWhatsApp
from pywa_async.types import Message, MessageStatus
from pywa_async.types.calls import CallPermissionResponse, CallPermissionUpdate
from pywa_async.types.user_preferences import MarketingPreference, UserMarketingPreferences

from amanat.compat import pywa_async_session, pywa_session
from tests.gateway.cloud_api.hook import VERIFY_TOKEN, Hook
from tests.gateway.cloud_api.stand import TOKEN, Stand
from tests.gateway.service.bot_at_work import reads, send
from tests.gateway.service.sharer import NUMBER, allows, says_so
from tests.outbound.answering import answering
from tests.product.rights.people import give_number

PNG = b"\x89PNG\r\n\x1a\n not quite"


@pytest.fixture
async def wa(cloud: Stand) -> AsyncIterator[AsyncWhatsApp]:
    """The library, as its documentation has it."""
    held = cloud.held
    session = pywa_async_session(cloud.url, verify=False)
    yield AsyncWhatsApp(
        phone_id=held["phone_number_id"],
        token=TOKEN,
        waba_id=held["business_account_id"],
        app_id=held["app_id"],
        app_secret=held["app_secret"],
        session=session,
    )
    await session.aclose()


async def register(wa: AsyncWhatsApp, cloud: Stand, hook: Hook) -> None:
    """Do what pywa does at its start when it is given a `callback_url`."""
    held = cloud.held
    app = await wa.api.get_app_access_token(client_id=int(held["app_id"]), client_secret=held["app_secret"])
    done = await wa.api.set_app_callback_url(
        app_id=int(held["app_id"]),
        access_token=app["access_token"],
        callback_url=hook.url,
        verify_token=VERIFY_TOKEN,
        fields=("messages", "user_preferences"),
    )
    assert done == {"success": True}


async def test_a_conversation(wa: AsyncWhatsApp, cloud: Stand, bot_hook: Hook) -> None:
    await register(wa, cloud, bot_hook)
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    came = await bot_hook.gets("messages")
    who, first = came["contacts"][0]["user_id"], came["messages"][0]["id"]
    assert came["messages"][0]["text"] == {"body": "halo"}

    await wa.mark_message_as_read(message_id=first)
    await wa.indicate_typing(message_id=first)
    buttons = [wa_types.Button(title="Status", callback_data="s"), wa_types.Button(title="Syarat", callback_data="n")]
    sent = await wa.send_message(
        to=who, header="Paspor", text="Pilih *satu*:", footer="24 jam", buttons=buttons, tracker="t-1",
        reply_to_message_id=first,
    )  # fmt: skip
    assert await visitor.hears("Syarat") == "Paspor\n\nPilih *satu*:\n\n24 jam\n\n1. Status\n2. Syarat"
    status = await bot_hook.gets("statuses")
    assert status["contacts"][0]["user_id"] == who
    assert {name: status["statuses"][0][name] for name in ("id", "status", "biz_opaque_callback_data")} == {
        "id": sent.id, "status": "sent", "biz_opaque_callback_data": "t-1",
    }  # fmt: skip

    await visitor.writes("2")
    (pressed,) = (await bot_hook.gets("messages"))["messages"]
    assert pressed["interactive"]["button_reply"] == {"id": "n", "title": "Syarat"}
    assert pressed["context"]["id"] == sent.id

    rows = [wa_types.SectionRow(title=f"Kantor {index}", callback_data=f"k{index}") for index in range(4)]
    sections = wa_types.SectionList(button_title="Buka", sections=[wa_types.Section(title="Kantor", rows=rows)])
    await wa.send_message(to=who, text="Di mana?", buttons=sections)
    await visitor.hears("4. Kantor 3")
    await visitor.writes("Kantor 3")
    (chosen,) = (await bot_hook.gets("messages"))["messages"]
    assert chosen["interactive"]["list_reply"] == {"id": "k3", "title": "Kantor 3"}

    await wa.send_reaction(to=who, emoji="👍", message_id=first)
    assert await visitor.citizen.echo.until(
        lambda: next((each for each in visitor.citizen.echo.received if each.type == "m.reaction"), None), "reaction"
    )
    assert bot_hook.is_signed_by(cloud.held["app_secret"])


async def call_answer(wa: AsyncWhatsApp, hook: Hook) -> CallPermissionUpdate:
    """Return what the library makes of the next message, which is an answer whether one may call."""
    await hook.gets("messages")
    return CallPermissionUpdate.from_update(wa, json.loads(hook.bodies[-1]))


async def test_cards_and_a_question_whether_one_may_call(wa: AsyncWhatsApp, cloud: Stand, bot_hook: Hook) -> None:
    await register(wa, cloud, bot_hook)
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    who = (await bot_hook.gets("messages"))["contacts"][0]["user_id"]
    async with answering() as web:
        web.body, web.headers = PNG, "content-type: image/png\r\n"
        cards: list[BaseCarouselCard] = [
            wa_types.ImageCarouselCard(
                body=f"*{name}*",
                image=f"{web.url}/{name}.png",
                buttons=[wa_types.Button(title="Beli", callback_data=name)],
            )
            for name in ("kopi", "teh")
        ]
        sent = await wa.send_carousel(to=who, body="Pilih:", cards=cards)
    body = await visitor.hears("2. Beli")
    assert body == "Pilih:\n\n*kopi*\n1. Beli\n\n*teh*\n2. Beli"
    await visitor.writes("2")
    (pressed,) = (await bot_hook.gets("messages"))["messages"]
    assert pressed["interactive"]["button_reply"] == {"id": "teh", "title": "Beli"}
    assert pressed["context"]["id"] == sent.id

    ask = wa_types.CallPermissionRequestButton()
    await wa.send_message(to=who, text="Boleh kami telepon?", buttons=ask)
    await visitor.hears("1. Boleh menelepon / You may call")
    await visitor.writes("you may call")
    answer = await call_answer(wa, bot_hook)
    assert (answer.response, bool(answer)) == (CallPermissionResponse.ACCEPT, True)
    assert answer.expiration_timestamp == answer.timestamp + timedelta(days=7)
    await visitor.writes("2")
    refused = await call_answer(wa, bot_hook)
    assert (bool(refused), refused.expiration_timestamp) == (False, None)


async def test_offers_go_to_who_wants_them(wa: AsyncWhatsApp, cloud: Stand, bot_hook: Hook) -> None:
    await register(wa, cloud, bot_hook)
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    who = (await bot_hook.gets("messages"))["contacts"][0]["user_id"]
    templates, indonesian = wa_types.templates, wa_types.templates.TemplateLanguage.INDONESIAN
    await wa.create_template(
        templates.Template(
            name="diskon",
            language=indonesian,
            category=templates.TemplateCategory.MARKETING,
            components=[templates.BodyText("Diskon hari ini.")],
        )
    )
    cloud.ahead_ms = 25 * 3_600_000
    with pytest.raises(UserStoppedMarketingMessages):
        await wa.send_template(to=who, name="diskon", language=indonesian, params=[])

    await visitor.writes("masih ada?")
    await bot_hook.gets("messages")
    # Meta has no word for the question, and the library none.
    ask = {"type": "offers_permission_request", "body": {"text": "Mau kabar diskon?"}, "action": {"name": "ask"}}
    await cloud.send(who, "interactive", ask)
    await visitor.hears("1. Kirimi saya penawaran / Send me offers")
    assert (await cloud.send(who, "interactive", ask)).json()["error"]["code"] == 131050
    await visitor.writes("1")
    wish = await preference(wa, bot_hook)
    assert (wish.value, bool(wish), wish.from_user.bsuid) == (MarketingPreference.RESUME, True, who)
    cloud.ahead_ms = 50 * 3_600_000
    await wa.send_template(to=who, name="diskon", language=indonesian, params=[])
    await visitor.hears("1. Berhenti terima penawaran / Stop offers")
    await visitor.writes("OFFERS OFF")
    wish = await preference(wa, bot_hook)
    assert (wish.value, bool(wish)) == (MarketingPreference.STOP, False)
    with pytest.raises(UserStoppedMarketingMessages):
        await wa.send_template(to=who, name="diskon", language=indonesian, params=[])


async def preference(wa: AsyncWhatsApp, hook: Hook) -> UserMarketingPreferences:
    """Return what the library makes of the next wish about offers."""
    await hook.gets("user_preferences")
    return UserMarketingPreferences.from_update(wa, json.loads(hook.bodies[-1]))


async def test_what_was_sent_is_read_later(wa: AsyncWhatsApp, cloud: Stand, bot_hook: Hook) -> None:
    await register(wa, cloud, bot_hook)
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    who = (await bot_hook.gets("messages"))["contacts"][0]["user_id"]
    first = await wa.send_message(to=who, text="satu", tracker="t-1")
    second = await wa.send_message(to=who, text="dua")
    await visitor.hears("dua")
    await reads(visitor, (await visitor.citizen.echo.hears("dua")).event_id)
    told = [status_of(wa, await bot_hook.gets("statuses")) for _ in range(4)]
    assert sorted((each.id, each.status) for each in told[:2]) == sorted((each.id, "sent") for each in (first, second))
    assert [(each.id, each.status, each.tracker) for each in told[2:]] == [
        (first.id, "read", "t-1"), (second.id, "read", None),
    ]  # fmt: skip
    assert {each.from_user.bsuid for each in told} == {who}


async def test_files_templates_and_the_window(wa: AsyncWhatsApp, cloud: Stand) -> None:
    visitor, who = await cloud.guest()
    uploaded = await wa.upload_media(media=PNG, mime_type="image/png", filename="foto.png")
    await wa.send_image(to=who, image=uploaded, caption="*Ini*")
    got = await visitor.gets(".png")
    assert (got.opened(), got.content["formatted_body"]) == (PNG, "<strong>Ini</strong>")
    url = await wa.get_media_url(media_id=uploaded.id)
    assert (url.file_size, url.mime_type, await url.get_bytes()) == (len(PNG), "image/png", PNG)
    await wa.send_document(to=who, document=PNG, filename="syarat.pdf", mime_type="application/pdf")
    assert (await visitor.gets(".pdf")).opened() == PNG
    await wa.send_location(to=who, latitude=-6.2, longitude=106.8, name="Kantor")
    await visitor.hears("Kantor")
    assert await wa.delete_media(media_id=uploaded.id)

    body = wa_types.templates.BodyText("Janji Anda pindah ke {{1}} ya.", "Senin")
    made = await wa.create_template(
        wa_types.templates.Template(
            name="janji_pindah",
            language=wa_types.templates.TemplateLanguage.INDONESIAN,
            category=wa_types.templates.TemplateCategory.UTILITY,
            components=[body],
        )
    )
    assert made.status == wa_types.templates.TemplateStatus.APPROVED
    (listed,) = list(await wa.get_templates())
    assert (listed.id, listed.name) == (made.id, "janji_pindah")

    cloud.ahead_ms = 25 * 3_600_000
    with pytest.raises(ReEngagementMessage):
        await wa.send_message(to=who, text="Masih di sana?")
    await wa.send_template(
        to=who, name="janji_pindah", language=wa_types.templates.TemplateLanguage.INDONESIAN,
        params=[body.params("Selasa")],  # type: ignore[arg-type] # typed as if it were given components
    )  # fmt: skip
    await visitor.hears("Janji Anda pindah ke Selasa ya.")


async def test_the_blocking_library_too(cloud: Stand) -> None:
    visitor, who = await cloud.guest()

    def talk() -> tuple[str | None, str | None]:
        with pywa_session(cloud.url, verify=False) as session:
            wa = WhatsApp(phone_id=cloud.phone, token=TOKEN, waba_id=cloud.business, session=session)
            wa.send_message(to=who, text="Selamat pagi")
            wa.update_business_profile(about="Kantor imigrasi")
            return wa.get_business_phone_number().verified_name, wa.get_business_profile().about

    assert await asyncio.to_thread(talk) == ("Bot", "Kantor imigrasi")
    await visitor.hears("Selamat pagi")


async def test_somebody_shares_their_number_and_place(wa: AsyncWhatsApp, cloud: Stand, bot_hook: Hook) -> None:
    await register(wa, cloud, bot_hook)
    visitor = await cloud.visitor()
    await visitor.writes("halo")
    (came,) = (await bot_hook.gets("messages"))["messages"]
    assert "from" not in came
    who = came["from_user_id"]
    asked = await wa.request_contact_info(to=who, text="Boleh tahu nomornya?")
    shown = await visitor.hears("Boleh tahu nomornya?")
    assert "1. Bagikan nomor telepon \u2013 lewat aplikasi Amanat" in shown
    menu = next(each for each in visitor.citizen.echo.received if each.content.get("body") == shown)
    (prompt,) = menu.content["org.matrix.msc4139.prompts"]["prompts"]
    assert prompt["id.amanat.wants"] == "phone"
    assert {label["lang"] for label in prompt["label"]["m.text"]} == {"id", "en"}
    await bot_hook.gets("statuses")

    await give_number(cloud.town.server, visitor.citizen.person, NUMBER)
    await allows(visitor, cloud)
    used = {"org.matrix.msc4139.used_prompt": {"id": prompt["id"]}, "m.in_reply_to": {"event_id": menu.event_id}}
    await says_so(visitor, **used)
    told = await bot_hook.gets("messages")
    (message,), (contact,) = told["messages"], told["contacts"]
    update = parsed(wa, told)
    assert update.contacts is not None
    assert update.contacts.origin == "contact_request"
    (phone,) = update.contacts[0].phones
    assert (phone.phone, phone.wa_id, contact["wa_id"], message["from"]) == (NUMBER, *[NUMBER[1:]] * 3)
    assert (update.from_user.wa_id, message["context"]["id"]) == (NUMBER[1:], asked.id)

    await wa.send_message(to=NUMBER, text="Sampai di nomor ini")
    await visitor.hears("Sampai di nomor ini")
    await bot_hook.gets("statuses")
    place = await wa.request_location(to=NUMBER[1:], text="Di mana?")
    await visitor.hears("Kirim lokasi")
    where = next(each for each in visitor.citizen.echo.received if "Di mana?" in str(each.content.get("body")))
    answer = {"geo_uri": "geo:-6.2,106.8", "m.in_reply_to": {"event_id": where.event_id}}
    await bot_hook.gets("statuses")
    await send(visitor, {"msgtype": "m.location", "body": "x", **answer})
    (message,) = (await bot_hook.gets("messages"))["messages"]
    assert (message["location"]["latitude"], message["context"]["id"]) == (-6.2, place.id)


def status_of(wa: AsyncWhatsApp, value: dict[str, Any]) -> MessageStatus:
    """Read a webhook of a status as pywa does."""
    update: Any = {"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}
    return MessageStatus.from_update(client=wa, update=update)


def parsed(wa: AsyncWhatsApp, value: dict[str, Any]) -> Message:
    """Read a webhook as pywa does."""
    update: Any = {"entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}
    return Message.from_update(client=wa, update=update)
