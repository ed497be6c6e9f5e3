"""Contract: flows as pywa, unmodified, makes, changes and publishes them."""

from datetime import date

import pytest
from pywa.errors import FlowBlockedByIntegrity, FlowDeletingError, FlowPublishingError, FlowUpdatingError
from pywa.types import flows as wa_flows
from pywa_async import WhatsApp as AsyncWhatsApp

from tests.gateway.cloud_api.flows.samples import PASSPORT
from tests.gateway.cloud_api.stand import Stand
from tests.gateway.cloud_api.test_pywa import wa

__all__ = ["wa"]

NAME = wa_flows.TextInput(name="nama", label="Nama", required=True)
DAY = wa_flows.CalendarPicker(
    name="hari", label="Hari", mode=wa_flows.CalendarPickerMode.SINGLE, min_date=date(2026, 12, 1),
    include_days=[wa_flows.CalendarDay.MON, wa_flows.CalendarDay.TUE],
)  # fmt: skip
END = wa_flows.Footer(
    label="Kirim", on_click_action=wa_flows.CompleteAction(payload={"nama": NAME.ref, "hari": DAY.ref, "kota": "Bogor"})
)
VISIT = wa_flows.FlowJSON(
    version="7.3",
    screens=[
        wa_flows.Screen(id="START", title="Kunjungan", terminal=True, layout=wa_flows.Layout(children=[NAME, DAY, END]))
    ],
)


async def test_the_life_of_a_flow(wa: AsyncWhatsApp) -> None:
    made = await wa.create_flow(name="kunjungan", categories=[wa_flows.FlowCategory.APPOINTMENT_BOOKING])
    with pytest.raises(FlowPublishingError):
        await wa.publish_flow(made.id)
    wrong = await wa.update_flow_json(made.id, flow_json={"version": "7.3", "screens": [{"id": "A"}]})
    assert wrong.validation_errors
    kept = await wa.update_flow_json(made.id, flow_json=VISIT)
    assert (kept.success, kept.validation_errors) == (True, ())
    await wa.update_flow_metadata(made.id, name="kunjungan baru")
    (asset,) = list(await wa.get_flow_assets(made.id))
    assert asset.type == "FLOW_JSON"
    assert await wa.publish_flow(made.id)
    shown = await wa.get_flow(made.id)
    assert (shown.name, shown.status, shown.json_version) == ("kunjungan baru", wa_flows.FlowStatus.PUBLISHED, "7.3")
    with pytest.raises(FlowUpdatingError):
        await wa.update_flow_json(made.id, flow_json=VISIT)
    with pytest.raises(FlowDeletingError):
        await wa.delete_flow(made.id)
    assert await wa.deprecate_flow(made.id)
    copy = await wa.create_flow(name="salinan", categories=["OTHER"], clone_flow_id=made.id)
    assert [flow.name for flow in await wa.get_flows()] == ["kunjungan baru", "salinan"]
    assert await wa.delete_flow(copy.id)
    assert len(list(await wa.get_flows())) == 1


async def test_no_flow_comes_from_another_business(wa: AsyncWhatsApp, cloud: Stand) -> None:
    await wa.create_flow(name="satu", categories=["OTHER"])
    answer = await wa.migrate_flows(source_waba_id="2999", source_flow_names=["satu", "dua"])
    assert answer.migrated_flows == ()
    assert [(each.source_name, each.error_code) for each in answer.failed_flows] == [("satu", "100"), ("dua", "100")]
    (own,) = (await wa.migrate_flows(source_waba_id=cloud.business, source_flow_names=[])).failed_flows
    assert (own.source_name, own.error_code) == ("satu", "4233041")
    for wrong in {"source_flow_names": "[1]", "source_waba_id": "2999"}, {"source_waba_id": "2999"}, {}:
        refused = await cloud.ask("POST", f"/v23.0/{cloud.business}/migrate_flows", json=wrong)
        assert refused.status_code == 400


async def test_an_endpoint_is_refused_in_so_many_words(wa: AsyncWhatsApp) -> None:
    with pytest.raises(FlowBlockedByIntegrity, match="endpoint"):
        await wa.create_flow(name="satu", categories=["OTHER"], endpoint_uri="https://bot.example/flow")
    made = await wa.create_flow(name="satu", categories=["OTHER"])
    dynamic = {**PASSPORT, "data_api_version": "3.0"}
    with pytest.raises(FlowUpdatingError, match="endpoint"):
        await wa.update_flow_json(made.id, flow_json=dynamic)
