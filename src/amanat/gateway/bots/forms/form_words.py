"""What the gateway says where it asks the fields of a form, and the words it listens to. Pure.

A bot's program tells nobody in which language it speaks: people choose by the word with which they begin.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from amanat.gateway.forms.fields import Reason
from amanat.gateway.forms.model import Kind

Language: TypeAlias = Literal["id", "en"]

BEGIN: Final[Mapping[str, Language]] = {"isi": "id", "fill": "en"}
BACK: Final = frozenset({"kembali", "back"})
CANCEL: Final = frozenset({"batal", "cancel"})
SEND: Final = frozenset({"kirim", "send"})

ELSEWHERE: Final = (
    'Diisi di aplikasi Amanat, atau balas "isi" untuk mengisinya di sini. / '
    'In the Amanat app, or reply "fill" to fill it in here.'
)
"""For apps that show no forms, below the words of the button."""

YES: Final[Mapping[Language, tuple[str, str]]] = {"id": ("ya", "tidak"), "en": ("yes", "no")}

WORDS: Final[Mapping[Language, Mapping[str, str]]] = {
    "id": {
        "begin": 'Saya tanyakan satu per satu. Tulis "kembali" untuk pertanyaan sebelumnya, "batal" untuk berhenti.',
        "optional": 'Tulis "-" kalau dikosongkan.',
        "as_it_is": 'Tulis "=" untuk memakai: {start}',
        "secret": "Jawabannya tetap terbaca di percakapan ini.",
        "write": "Tolong tulis jawabannya.",
        "wrong": "Jawaban itu belum bisa dipakai.",
        "check": "Periksa dulu:",
        "finish": 'Tulis "kirim" untuk mengirim, nomor baris untuk mengubahnya, atau "batal".',
        "stuck": 'Dengan isian ini formulir tidak bisa dilanjutkan. Tulis nomor baris untuk mengubahnya, atau "batal".',
        "sent": "Terima kasih, isianmu sudah dikirim.",
        "cancelled": "Baik, formulir dibatalkan.",
        "gone": "Formulir ini sudah tidak berlaku. Tulis pesan untuk meminta yang baru.",
        "too_much": "Isian ini terlalu panjang.",
    },
    "en": {
        "begin": 'I will ask one thing at a time. Write "back" for the question before, "cancel" to stop.',
        "optional": 'Write "-" to leave it empty.',
        "as_it_is": 'Write "=" to take: {start}',
        "secret": "The answer stays readable in this chat.",
        "write": "Please write your answer.",
        "wrong": "That answer cannot be used.",
        "check": "Please check:",
        "finish": 'Write "send" to send it, the number of a line to change it, or "cancel".',
        "stuck": 'The form goes no further with these answers. Write the number of a line to change it, or "cancel".',
        "sent": "Thank you, your answers have been sent.",
        "cancelled": "All right, the form is cancelled.",
        "gone": "This form does not hold any more. Write a message to ask for a new one.",
        "too_much": "These answers are too long.",
    },
}

HOW: Final[Mapping[Language, Mapping[Kind, str]]] = {
    "id": {
        "one": "Balas dengan angka atau kata pilihannya.",
        "many": "Balas dengan angka pilihannya, misalnya 1, 2.",
        "yes": "Balas dengan ya atau tidak.",
        "date": "Tulis tanggalnya, misalnya 31-12-2026 atau 2026-12-31.",
        "dates": "Tulis tanggal awal dan akhir, misalnya 30-12-2026 sampai 31-12-2026.",
    },
    "en": {
        "one": "Answer with a number, or with the words of an option.",
        "many": "Answer with the numbers, such as 1, 2.",
        "yes": "Answer yes or no.",
        "date": "Write the day, such as 2026-12-31 or 31-12-2026.",
        "dates": "Write the first and the last day, such as 2026-12-30 to 2026-12-31.",
    },
}

REASONS: Final[Mapping[Language, Mapping[Reason, str]]] = {
    "id": {
        "missing": "harus diisi.",
        "too_short": "terlalu pendek.",
        "too_long": "terlalu panjang.",
        "no_number": "harus berupa angka.",
        "no_email": "harus berupa alamat surel.",
        "no_phone": "harus berupa nomor telepon.",
        "no_digits": "hanya boleh berisi angka.",
        "not_offered": "harus dipilih dari yang ditawarkan.",
        "too_few": "pilihannya kurang.",
        "too_many": "pilihannya terlalu banyak.",
        "too_early": "tanggalnya terlalu awal.",
        "too_late": "tanggalnya terlalu jauh.",
        "closed": "tanggal itu tidak tersedia.",
        "too_near": "rentang tanggalnya terlalu pendek.",
        "too_far": "rentang tanggalnya terlalu panjang.",
    },
    "en": {
        "missing": "has to be filled in.",
        "too_short": "is too short.",
        "too_long": "is too long.",
        "no_number": "has to be a number.",
        "no_email": "has to be an e-mail address.",
        "no_phone": "has to be a phone number.",
        "no_digits": "may only have digits.",
        "not_offered": "has to be one of the options.",
        "too_few": "has too few options chosen.",
        "too_many": "has too many options chosen.",
        "too_early": "is too early.",
        "too_late": "is too late.",
        "closed": "is a day that is not available.",
        "too_near": "is too short a time.",
        "too_far": "is too long a time.",
    },
}
