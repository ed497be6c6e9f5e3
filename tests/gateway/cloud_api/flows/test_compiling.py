"""Flow JSON becomes a form, or a list of what is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.cloud_api.flows.compiling import compiled
from amanat.gateway.forms.filling import Page, sent_by
from tests.gateway.cloud_api.flows.samples import PASSPORT, PIXEL, SERVICES, flow, footer, screen

END = footer("Kirim")


def issue(made: dict[str, Any]) -> str:
    """The one thing that is wrong."""
    issues = compiled(made).issues
    assert len(issues) == 1, issues
    return issues[0].message


def test_a_flow_becomes_a_form_that_sends_what_the_flow_says() -> None:
    form = compiled(PASSPORT)
    assert not form.issues
    filled = [
        Page("DATA", {"nama": "Budi", "layanan": "ganti", "lama": "A1"}),
        Page("WAKTU", {"tanggal": "2026-12-01", "setuju": True}),
    ]
    assert sent_by(form.screens, filled, first="DATA", data={}) == {
        "nama": "Budi", "layanan": "ganti", "lama": "A1", "tanggal": "2026-12-01", "sumber": "formulir",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (flow(screen("A", END), version="8.0"), "Versions 2.1 to 7.3 of Flow JSON are offered here."),
        (flow(screen("A")), "A screen must have a Footer."),
        (flow(screen("A", END), screen("A", END)), "Each id must differ from the others."),
        (flow(screen("A", footer("x", to="B")), screen("B", footer("x", to="C"))), "There is no screen C."),
        (flow(screen("SUCCESS", END)), "An id of letters, digits and _ is expected, and not SUCCESS."),
        (flow(screen("A", {"type": "TextBody", "text": "${form.nama}"}, END)), "${form.nama} names nothing."),
        (flow(screen("A", {"type": "RichText", "text": "x"}, END)), "The component RichText is not offered here."),
        (
            flow(screen("A", footer("x", to="B")), screen("B", END, data={"nama": {}})),
            "The payload for B has no nama.",
        ),
        (
            flow(screen("A", footer("x", to="B")), screen("B", END), routing_model={"A": []}),
            "The routing_model does not lead from A to B.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(made: dict[str, Any], wrong: str) -> None:
    messages = [issue.message for issue in compiled(made).issues]
    assert wrong in messages


def test_screens_in_a_ring_are_refused() -> None:
    ring = flow(screen("A", footer("x", to="B")), screen("B", footer("x", to="A")), screen("C", END))
    assert "The screens lead back to each other" in issue(ring)


def test_a_condition_stands_below_what_it_is_about() -> None:
    late = {"type": "TextInput", "name": "a", "label": "A"}
    early = {"type": "TextBody", "text": "x", "visible": "`${form.a} == 'x'`"}
    assert "is a condition of what stands above it" in issue(flow(screen("A", early, late, END)))
    assert not compiled(flow(screen("A", late, early, END))).issues


def test_a_form_fits_a_message() -> None:
    picture = {"type": "Image", "src": PIXEL.rstrip("=") + "A" * 25_000, "alt-text": "denah"}
    assert not compiled(flow(screen("A", picture, END))).issues
    assert "is the most: it travels in a message" in issue(flow(screen("A", picture, picture, END)))


@pytest.mark.parametrize(
    "made",
    [
        flow(screen("A", END), data_api_version="3.0"),
        flow(screen("A", {"type": "Footer", "label": "x", "on-click-action": {"name": "data_exchange"}})),
        flow(
            screen(
                "A",
                {
                    "type": "Dropdown",
                    "name": "a",
                    "label": "A",
                    "data-source": SERVICES,
                    "on-select-action": {"name": "data_exchange"},
                },
                END,
            )
        ),
    ],
)
def test_what_asks_for_an_endpoint_is_known(made: dict[str, Any]) -> None:
    assert compiled(made).is_dynamic


def test_many_parts_under_many_conditions_are_cut_off() -> None:
    children: list[dict[str, Any]] = [{"type": "TextBody", "text": "x"}]
    for _ in range(5):
        children = [{"type": "If", "condition": "${form.a} == 1", "then": children} for _ in range(40)]
    assert compiled(flow(screen("A", *children))).issues


NAMES = ["screens", "layout", "children", "type", "id", "name", "data-source", "on-click-action", "then"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Form", "If", "${form.a}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=12,
)


@given(JSON, JSON)
def test_nothing_breaks_it(whole: Any, part: Any) -> None:
    for made in (whole, {"version": "7.3", "screens": [{"id": "A", "layout": {"children": [part]}}]}):
        compiled(made)
