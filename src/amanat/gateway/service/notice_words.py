"""What a person is told of an appointment without having asked, in the languages that the bot itself speaks."""

from collections.abc import Mapping
from typing import Final

from amanat.gateway.appointments.notices import Notice
from amanat.gateway.flows.rendering import in_words

DEFAULT: Final = "id"

_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        "reminder": "Pengingat: janji temu **{number}** pada {date} pukul {time} di {place}. Datang paling lambat "
        "pukul {arrive}. Tidak jadi? Balas *batal*.",
        "offer": "Ada tempat kosong: {date} pukul {time}. Tulis *menu* dan buat janji temu untuk mengambilnya.",
        "lapsed": "Tempat yang disimpan untukmu sudah dilepas karena belum dipastikan. Tulis *menu* untuk mulai lagi.",
        "missed": "Kami tidak melihatmu pada janji temu **{number}**. Tulis *menu* untuk membuat yang baru.",
        "closed_offered": "Kantor tutup pada hari janji temumu **{number}**. Gantinya: {date} pukul {time}. "
        "Tulis *menu* dan buat janji temu untuk mengambilnya.",
        "closed_none": "Maaf, kantor tutup pada hari janji temumu, jadi janji itu batal. Tulis *menu* untuk memilih "
        "hari lain.",
        "not_waiting": "Tidak ada tempat yang kosong pada hari yang kamu tunggu. Tulis *menu* untuk memilih hari lain.",
        "cancelled": "Baik, janji temu **{number}** pada {date} pukul {time} dibatalkan.",
        "ticket": "Tiket {number}: {date} pukul {time}, {place}. Datang paling lambat pukul {arrive}, tunjukkan kode "
        "ini.",
        "calendar": "Untuk kalendermu: {number}, {date} pukul {time}.",
        "calendar_void": "{number} pada {date} pukul {time} tidak berlaku lagi. Kalau ada di kalendermu, buka berkas "
        "ini untuk menghapusnya.",
        "no_ticket": "Gambar tiketnya tidak bisa dikirim. Nomor **{number}** sudah cukup: sebutkan di kantor.",
        "unvouched": "Pesan itu datang dari perangkat yang belum disahkan pemiliknya, jadi tidak kami proses. Sahkan "
        "dulu perangkatnya, atau tulis dari yang lain.",
        "arrived": "**{number}**: kedatanganmu sudah dicatat. {before} orang lagi sebelum kamu.",
        "arrived_next": "**{number}**: kedatanganmu sudah dicatat. Kamu yang berikutnya.",
        "nearer": "**{number}**: {before} orang lagi sebelum kamu.",
        "next": "**{number}**: kamu yang berikutnya.",
        "called": "**{number}**: giliranmu. Silakan ke loket {counter}.",
        "not_arrived": "**{number}**: catatan kedatanganmu ditarik kembali oleh petugas.",
        "not_called": "**{number}**: maaf, belum giliranmu. Kamu tetap di antrean.",
        "not_missed": "**{number}**: maaf, itu keliru. Janji temumu masih berlaku.",
        "about_report": "Tentang laporanmu {number}:",
        "unreadable": "Maaf, pesanmu tidak bisa dibuka di sini. Tolong kirim sekali lagi.",
    },
    "en": {
        "reminder": "Reminder: your appointment **{number}** is on {date} at {time}, {place}. Come by {arrive}. "
        "Not coming? Answer *cancel*.",
        "offer": "A place is free: {date} at {time}. Write *menu* and book now to take it.",
        "lapsed": "The place that was held for you was not confirmed and is free again. Write *menu* to begin again.",
        "missed": "We did not see you at your appointment **{number}**. Write *menu* to make another.",
        "closed_offered": "The office is closed on the day of your appointment **{number}**. Instead: {date} at {time}."
        " Write *menu* and book to take it.",
        "closed_none": "The office is closed on the day of your appointment, which is cancelled. Sorry. Write *menu* "
        "to choose another day.",
        "not_waiting": "No place became free on the day that you waited for. Write *menu* to choose another day.",
        "cancelled": "Your appointment **{number}** on {date} at {time} is cancelled.",
        "ticket": "Ticket {number}: {date} at {time}, {place}. Come by {arrive} and show this code.",
        "calendar": "For your calendar: {number}, {date} at {time}.",
        "calendar_void": "{number} on {date} at {time} does not hold any more. If it is in your calendar, open this "
        "file to remove it.",
        "no_ticket": "The picture of your ticket could not be sent. The number **{number}** is enough: tell it at the "
        "office.",
        "unvouched": "That message came from a device that its owner does not vouch for, so nothing was done. Verify "
        "the device first, or write from another.",
        "arrived": "**{number}**: noted that you are here. {before} more before you.",
        "arrived_next": "**{number}**: noted that you are here. You are next.",
        "nearer": "**{number}**: {before} more before you.",
        "next": "**{number}**: you are next.",
        "called": "**{number}**: it is your turn. Please come to the counter {counter}.",
        "not_arrived": "**{number}**: the staff took back that you are here.",
        "not_called": "**{number}**: sorry, it is not your turn yet. You are still in the line.",
        "not_missed": "**{number}**: sorry, that was a mistake. Your appointment still holds.",
        "about_report": "About your report {number}:",
        "unreadable": "Sorry, your message cannot be opened here. Please send it once more.",
    },
}


def words_of(kind: str, values: Mapping[str, str], *, language: str) -> str:
    """Return a text with its values; dates are told in words."""
    language = language if language in _TEXTS else DEFAULT
    told = {name: in_words(value, language) if name == "date" else value for name, value in values.items()}
    return _TEXTS[language][kind].format_map(_Named(told))


def kind_of(notice: Notice) -> str:
    """Return which text says a notice."""
    if notice.kind != "closed":
        return notice.kind
    return "closed_offered" if notice.answer.outcome == "offered" else "closed_none"


class _Named(dict[str, str]):
    """A value that is not known is left out of the sentence."""

    def __missing__(self, key: str) -> str:
        return ""
