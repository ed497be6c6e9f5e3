"""What the bot says by itself, and the words it listens to everywhere. A flow may say it in its own words.

A text of the same name in the flow's `texts` replaces one of these; a language that is not here must bring them all.
"""

from typing import Final

COMMANDS: Final = ("menu", "cancel", "language", "human")
"""What a person can always ask for. `human` needs the flow to have a step for it."""

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "menu": ("menu", "menu utama", "main menu", "mulai", "start"),
    "cancel": ("batal", "batalkan", "cancel", "stop", "berhenti"),
    "language": ("bahasa", "ganti bahasa", "language", "change language"),
    "human": ("petugas", "admin", "operator", "human", "agent", "staff"),
}

LANGUAGE_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("Bahasa Indonesia", "Indonesia", "Indonesian"),
    "en": ("English", "Bahasa Inggris", "Inggris"),
}
"""A language's own name first, then what else people call it."""

TEXTS: Final[dict[str, dict[str, str]]] = {
    "id": {
        "not_understood": "Maaf, saya belum mengerti. Balas dengan angka, atau dengan kata dari pilihan ini.",
        "how_to_choose": "Balas dengan angka, atau tekan pilihannya.",
        "ways_on": "Tulis *menu* untuk kembali ke awal.",
        "ways_on_human": "Tulis *menu* untuk kembali ke awal, atau *petugas* untuk bicara dengan petugas.",
        "wrong_text": "Tolong tulis jawabannya dengan kata-kata.",
        "wrong_text_long": "Jawabannya terlalu panjang. Tolong tulis paling banyak {max} huruf.",
        "wrong_digits": "Jawabannya harus {max} angka, tanpa huruf.",
        "wrong_digits_range": "Jawabannya harus {min} sampai {max} angka, tanpa huruf.",
        "wrong_number": "Tolong tulis jawabannya dengan angka, misalnya 3.",
        "wrong_number_range": "Tolong tulis angka dari {min} sampai {max}.",
        "wrong_date": "Tolong tulis tanggalnya seperti ini: 25-01-1987.",
        "wrong_date_late": "Tanggal itu terlalu jauh ke depan. Tolong periksa tahunnya.",
        "wrong_date_early": "Tanggal itu sudah lewat. Tolong periksa tahunnya.",
        "wrong_phone": "Itu bukan nomor ponsel. Tolong tulis seperti ini: 0812 3456 7890.",
        "voice": "Maaf, saya belum bisa mendengarkan pesan suara. Tolong tulis jawabannya.",
        "picture": "Terima kasih, tetapi saya belum bisa melihat gambar. Tolong tulis jawabannya.",
        "file": "Terima kasih, tetapi saya belum bisa membuka berkas. Tolong tulis jawabannya.",
        "cancelled": "Baik, dibatalkan.",
        "old_button": "Pilihan itu dari pesan yang sudah lewat.",
        "please_wait": "Sebentar, masih saya periksa.",
        "choose_language": "Mau memakai bahasa apa? / Which language?",
        "idle": "Percakapan ini saya tutup dulu karena lama tidak ada pesan. Tulis apa saja untuk mulai lagi.",
    },
    "en": {
        "not_understood": "Sorry, I did not understand that. Answer with a number, or with a word of these options.",
        "how_to_choose": "Answer with a number, or press an option.",
        "ways_on": "Write *menu* to go back to the beginning.",
        "ways_on_human": "Write *menu* to go back to the beginning, or *staff* to talk to a person.",
        "wrong_text": "Please write your answer in words.",
        "wrong_text_long": "That answer is too long. Please write at most {max} characters.",
        "wrong_digits": "The answer has to be {max} digits, without letters.",
        "wrong_digits_range": "The answer has to be {min} to {max} digits, without letters.",
        "wrong_number": "Please answer with a number, such as 3.",
        "wrong_number_range": "Please write a number from {min} to {max}.",
        "wrong_date": "Please write the date like this: 25-01-1987.",
        "wrong_date_late": "That date is too far ahead. Please look at the year.",
        "wrong_date_early": "That date is too long ago. Please look at the year.",
        "wrong_phone": "That is not a mobile number. Please write it like this: 0812 3456 7890.",
        "voice": "Sorry, I cannot listen to voice messages yet. Please write your answer.",
        "picture": "Thank you, but I cannot look at pictures yet. Please write your answer.",
        "file": "Thank you, but I cannot open files yet. Please write your answer.",
        "cancelled": "All right, that is cancelled.",
        "old_button": "That option is from an earlier message.",
        "please_wait": "One moment, I am still looking.",
        "choose_language": "Mau memakai bahasa apa? / Which language?",
        "idle": "I am closing this conversation, because it has been quiet for long. Write anything to begin again.",
    },
}

NAMES: Final = tuple(TEXTS["id"])


def names_of(language: str) -> tuple[str, ...]:
    """Return what a language is called, its own name first."""
    return LANGUAGE_NAMES.get(language, (language,))


def switch_words(language: str) -> tuple[str, ...]:
    """Return the messages that change the language from anywhere.

    A country's name alone is not among them: it may be the answer to a question.
    """
    return tuple(name for name in names_of(language) if name not in ("Indonesia", "Indonesian", "Inggris"))
