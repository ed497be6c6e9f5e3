"""Notices of a breach, one per person and in both languages, with what Law 27/2022 (UU PDP, article 46) asks for. Pure.

What data, when and how it got out, what was done about it. They are due within three times twenty-four hours.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

DUE: Final = timedelta(hours=72)


class Kind(Struct, frozen=True, kw_only=True):
    """A way in which data can get out."""

    id: str
    en: str


KINDS: Final = {
    "database": Kind(
        id="Salinan basis data kami diambil pihak yang tidak berwenang. Isi percakapan terenkripsi ujung-ke-ujung "
        "dan tidak dapat dibaca dari salinan itu; nomor telepon, PIN, dan kata sandi terlindungi dengan kunci yang "
        "tidak ikut terambil.",
        en="A copy of our database was taken by somebody who had no right to it. What you say is end-to-end encrypted "
        "and cannot be read from that copy; phone numbers, PINs and passwords are protected with a key that was not "
        "taken.",
    ),
    "media": Kind(
        id="Berkas yang tersimpan di server kami diambil pihak yang tidak berwenang. Berkas dari percakapan "
        "terenkripsi tidak dapat dibuka tanpa perangkat Anda; foto profil dapat dilihat.",
        en="Files kept on our server were taken by somebody who had no right to them. Files of encrypted chats cannot "
        "be opened without your devices; profile pictures can be seen.",
    ),
    "partner": Kind(
        id="Mitra yang Anda izinkan membaca data Anda kehilangan data tersebut.",
        en="A partner whom you allowed to read your data has lost it.",
    ),
}


class Item(Struct, frozen=True, kw_only=True):
    """A kind of data, in both languages."""

    id: str
    en: str


class Breach(Struct, frozen=True, kw_only=True):
    """What happened, and what was done: `done` in both languages. `contact` is where people ask."""

    kind: str
    since: datetime
    noticed: datetime
    done: Item
    contact: str
    is_drill: bool


class Notice(Struct, frozen=True, kw_only=True):
    """What one person is told."""

    user_id: str
    drill: bool
    kind: str
    since: str
    noticed: str
    due: str
    data: Sequence[Item]
    text_id: str
    text_en: str


def notice(breach: Breach, user_id: str, *, data: Sequence[Item]) -> Notice:
    """Write the notice of one person about this data of theirs."""
    return Notice(
        user_id=user_id,
        drill=breach.is_drill,
        kind=breach.kind,
        since=_time(breach.since),
        noticed=_time(breach.noticed),
        due=_time(breach.noticed + DUE),
        data=data,
        text_id=_indonesian(breach, user_id, data),
        text_en=_english(breach, user_id, data),
    )


def _indonesian(breach: Breach, user_id: str, data: Sequence[Item]) -> str:
    return _text(
        "LATIHAN. Ini bukan kejadian sungguhan; tidak ada data Anda yang bocor." if breach.is_drill else None,
        f"Pemberitahuan kegagalan pelindungan data pribadi untuk {user_id}",
        f"Data Anda yang terungkap:\n{_listed(item.id for item in data)}",
        f"Kapan: antara {_time(breach.since)} dan {_time(breach.noticed)}.",
        f"Bagaimana: {KINDS[breach.kind].id}",
        f"Yang kami lakukan: {breach.done.id}",
        f"Pertanyaan: {breach.contact}",
    )


def _english(breach: Breach, user_id: str, data: Sequence[Item]) -> str:
    return _text(
        "DRILL. This has not happened; none of your data has got out." if breach.is_drill else None,
        f"Notice of a failure to protect personal data, for {user_id}",
        f"Your data that got out:\n{_listed(item.en for item in data)}",
        f"When: between {_time(breach.since)} and {_time(breach.noticed)}.",
        f"How: {KINDS[breach.kind].en}",
        f"What we have done: {breach.done.en}",
        f"Questions: {breach.contact}",
    )


def _text(*parts: str | None) -> str:
    return "\n\n".join(part for part in parts if part is not None) + "\n"


def _listed(names: Iterable[str]) -> str:
    return "\n".join(f"- {name}" for name in names)


def _time(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
