"""Flows as bots of other houses have them."""

from typing import Any

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def footer(label: str, *, to: str = "", **gives: str) -> dict[str, Any]:
    """A button that leads to a screen, or to the end."""
    action: dict[str, Any] = {"name": "navigate" if to else "complete", "payload": gives}
    if to:
        action["next"] = {"type": "screen", "name": to}
    return {"type": "Footer", "label": label, "on-click-action": action}


def screen(id: str, *children: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A screen of components."""
    return {"id": id, "title": id.title(), "layout": {"type": "SingleColumnLayout", "children": [*children]}, **more}


def flow(*screens: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A flow of screens."""
    return {"version": "7.3", "screens": [*screens], **more}


SERVICES = [{"id": "baru", "title": "Paspor baru"}, {"id": "ganti", "title": "Penggantian"}]

PASSPORT = flow(
    screen(
        "DATA",
        {"type": "TextHeading", "text": "Data diri"},
        {"type": "TextInput", "name": "nama", "label": "Nama lengkap", "required": True, "min-chars": 3},
        {"type": "Dropdown", "name": "layanan", "label": "Layanan", "required": True, "data-source": SERVICES},
        {
            "type": "If",
            "condition": "${form.layanan} == 'ganti'",
            "then": [{"type": "TextInput", "name": "lama", "label": "Nomor lama", "required": True}],
        },
        footer("Lanjut", to="WAKTU", nama="${form.nama}"),
    ),
    screen(
        "WAKTU",
        {"type": "TextBody", "text": "`'Kapan kamu datang, ' ${data.nama} '?'`"},
        {
            "type": "DatePicker",
            "name": "tanggal",
            "label": "Tanggal",
            "required": True,
            "min-date": "2026-12-01",
            "max-date": "2026-12-31",
        },
        {"type": "OptIn", "name": "setuju", "label": "Saya setuju", "required": True},
        footer(
            "Kirim",
            nama="${data.nama}",
            layanan="${screen.DATA.form.layanan}",
            lama="${screen.DATA.form.lama}",
            tanggal="${form.tanggal}",
            sumber="formulir",
        ),
        terminal=True,
        data={"nama": {"type": "string", "__example__": "Budi"}},
    ),
    routing_model={"DATA": ["WAKTU"], "WAKTU": []},
)
"""Two screens, a field that depends on another, and what is given from screen to screen."""
