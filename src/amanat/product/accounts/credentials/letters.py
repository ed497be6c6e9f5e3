"""What letters say, in Indonesian and English. None has a link: people shall not learn to follow one from a letter."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal, TypeAlias

from amanat.outbound.email import Letter
from amanat.product.accounts.credentials.notices import Kind, Notice

Language: TypeAlias = Literal["id", "en"]

SENTENCES: Final[dict[Language, dict[Kind, str]]] = {
    "id": {
        Kind.PIN_SET: "PIN akun dipasang atau diganti.",
        Kind.PIN_REMOVED: "PIN akun dihapus: nomormu saja cukup untuk masuk.",
        Kind.PIN_ASKED: "Seseorang memakai nomormu untuk masuk dan diminta PIN.",
        Kind.PIN_WRONG: "Seseorang yang memakai nomormu memasukkan PIN yang salah.",
        Kind.PIN_RESET_ASKED: "Pengelola server akan menghapus PIN akun. Bila bukan kamu yang meminta, batalkan.",
        Kind.PIN_RESET_CANCELLED: "Penghapusan PIN akun dibatalkan.",
        Kind.PIN_RESET: "PIN akun dihapus oleh pengelola server.",
        Kind.PASSKEY_ADDED: "Kunci sandi (passkey) ditambahkan.",
        Kind.PASSKEY_REMOVED: "Kunci sandi (passkey) dihapus.",
        Kind.PASSKEY_COPIED: "Sebuah kunci sandi (passkey) tampaknya disalin dan ditolak. Hapus kunci itu.",
        Kind.RECOVERY_KEY_MADE: "Kode pemulihan akun baru dibuat; yang lama tidak berlaku.",
        Kind.RECOVERY_KEY_USED: "Akun dibuka dengan kode pemulihan akun.",
        Kind.EMAIL_CHANGED: "Alamat untuk pemberitahuan diganti.",
        Kind.EMAIL_REMOVED: "Alamat untuk pemberitahuan dihapus.",
        Kind.NUMBER_CHANGED: "Nomor telepon akun diganti.",
        Kind.ENTERED: "Akun dibuka tanpa salah satu perangkatnya.",
    },
    "en": {
        Kind.PIN_SET: "The account's PIN was set or changed.",
        Kind.PIN_REMOVED: "The account's PIN was removed: your number alone opens it.",
        Kind.PIN_ASKED: "Somebody used your number to sign in and was asked for the PIN.",
        Kind.PIN_WRONG: "Somebody with your number entered a wrong PIN.",
        Kind.PIN_RESET_ASKED: "The server's operator will remove the account's PIN. If you did not ask, cancel it.",
        Kind.PIN_RESET_CANCELLED: "The removal of the account's PIN was cancelled.",
        Kind.PIN_RESET: "The account's PIN was removed by the server's operator.",
        Kind.PASSKEY_ADDED: "A passkey was added.",
        Kind.PASSKEY_REMOVED: "A passkey was removed.",
        Kind.PASSKEY_COPIED: "A passkey seems to have been copied and was refused. Remove it.",
        Kind.RECOVERY_KEY_MADE: "A new account recovery code was made; the old one is void.",
        Kind.RECOVERY_KEY_USED: "The account was opened with the account recovery code.",
        Kind.EMAIL_CHANGED: "The address for notices was changed.",
        Kind.EMAIL_REMOVED: "The address for notices was removed.",
        Kind.NUMBER_CHANGED: "The account's phone number was changed.",
        Kind.ENTERED: "The account was opened without one of its devices.",
    },
}
"""What each notice says, on pages too."""

_NOTICE: Final[dict[Language, tuple[str, str, str]]] = {
    "id": (
        "Kabar tentang akun Amanat kamu di {server}",
        "Yang terjadi pada akunmu:\n\n{happenings}\n\n"
        "Bila ini bukan kamu, buka aplikasi Amanat, lalu Akun, dan periksa perangkatmu.\n"
        "Kami tidak pernah meminta kode atau PIN. Surat ini tidak membuka akunmu dan tidak perlu dibalas.\n",
        "berlaku {when}",
    ),
    "en": (
        "About your Amanat account at {server}",
        "What happened to your account:\n\n{happenings}\n\n"
        "If this was not you, open the Amanat app, go to Account, and look through your devices.\n"
        "We never ask for a code or a PIN. This letter opens nothing and needs no answer.\n",
        "takes effect {when}",
    ),
}
_CODE: Final[dict[Language, tuple[str, str]]] = {
    "id": (
        "Kode untuk alamatmu di {server}",
        "Kode: {code}\n\nMasukkan kode ini di halaman akun dalam 30 menit agar pemberitahuan dikirim ke alamat ini.\n"
        "Bila kamu tidak meminta, abaikan surat ini. Jangan berikan kode kepada siapa pun, termasuk petugas.\n",
    ),
    "en": (
        "A code for your address at {server}",
        "Code: {code}\n\nEnter it on the account page within 30 minutes to have notices sent to this address.\n"
        "If you did not ask for it, ignore this letter. Give the code to nobody, staff included.\n",
    ),
}


def notice_letter(to: str, notices: Sequence[Notice], *, language: Language, server: str) -> Letter:
    """Write what has happened to an account."""
    subject, text, until = _NOTICE[language]
    happenings = "\n".join(_happening(notice, language, until) for notice in notices)
    return Letter(to=to, subject=subject.format(server=server), text=text.format(happenings=happenings))


def code_letter(to: str, code: str, *, language: Language, server: str) -> Letter:
    """Write the code that confirms an address."""
    subject, text = _CODE[language]
    return Letter(to=to, subject=subject.format(server=server), text=text.format(code=code))


def _happening(notice: Notice, language: Language, until: str) -> str:
    line = f"{_when(notice.ts)}  {SENTENCES[language][notice.kind]}"
    return line if notice.until_ts is None else f"{line} ({until.format(when=_when(notice.until_ts))})"


def _when(ts: int) -> str:
    return f"{datetime.fromtimestamp(ts / 1000, UTC):%Y-%m-%d %H:%M} UTC"
