"""The data map in a person's words, Indonesian and English: what a privacy page says of each kind of data. Pure."""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from amanat.core.data_map import Kind

Language: TypeAlias = Literal["id", "en"]


class Words(Struct, frozen=True):
    """What is kept, why, and for how long."""

    what: str
    why: str
    kept: str


PRIVACY: Final[Mapping[Kind, Mapping[Language, Words]]] = {
    Kind.PSEUDONYM: {
        "id": Words(
            "Nomor acak untuk akun, perangkat, dan sesimu.",
            "Agar pesan sampai kepadamu, bukan kepada orang lain.",
            "Sampai akun atau sesi berakhir; nomor akun tinggal tanpa nama di percakapan orang lain.",
        ),
        "en": Words(
            "Random ids of your account, your devices and your sessions.",
            "So that messages reach you and nobody else.",
            "Until the account or session ends; the account's id stays, nameless, in other people's chats.",
        ),
    },
    Kind.NAME: {
        "id": Words(
            "Nama yang kamu pilih sendiri.", "Agar orang menemukan dan mengenali kamu.", "Sampai kamu mengubahnya."
        ),
        "en": Words("Names that you choose.", "So that people find you and know you.", "Until you change them."),
    },
    Kind.CONTACT: {
        "id": Words(
            "Nomor telepon, alamat surel bila kamu isi, dan ke mana notifikasi dikirim. Nomor dan alamat disegel.",
            "Untuk masuk dengan nomor, mengabari kamu bila terjadi sesuatu pada akun, dan untuk bot yang kamu beri.",
            "Sampai kamu menghapusnya atau akun berakhir.",
        ),
        "en": Words(
            "Your phone number, an e-mail address if you give one, and where pushes go. Number and address are sealed.",
            "To sign in with the number, to tell you what happens to your account, and to tell a bot what you share.",
            "Until you remove it or the account ends.",
        ),
    },
    Kind.CREDENTIAL: {
        "id": Words(
            "Jejak kata sandi, PIN, kunci sandi, kode, dan token; bukan isinya.",
            "Agar hanya kamu yang dapat masuk.",
            "Selama berlaku.",
        ),
        "en": Words(
            "Hashes of passwords, PINs, codes and tokens, and the public half of passkeys; never what they are.",
            "So that nobody but you gets in.",
            "As long as they are valid.",
        ),
    },
    Kind.KEY: {
        "id": Words(
            "Kunci publik perangkatmu.", "Agar orang dapat mengenkripsi untuk kamu.", "Selama perangkat masuk."
        ),
        "en": Words(
            "Public keys of your devices.",
            "So that others can encrypt to you.",
            "While the device is signed in, or the account lasts.",
        ),
    },
    Kind.CIPHERTEXT: {
        "id": Words(
            "Yang dienkripsi aplikasimu. Server tidak dapat membacanya.",
            "Untuk mengantar dan mencadangkannya.",
            "Sampai diterima perangkatmu; cadangan sampai kamu menghapusnya.",
        ),
        "en": Words(
            "What your app has encrypted. The server cannot read it.",
            "To deliver it and to back it up.",
            "Until your device has it; a backup until you delete it.",
        ),
    },
    Kind.CONTENT: {
        "id": Words(
            "Pesan (percakapan pribadi selalu terenkripsi, ruang publik terbaca), profil, berkas, dan data aplikasi.",
            "Untuk menyampaikannya kepada yang kamu tuju.",
            "Selama ruangnya ada, atau sampai kamu menghapusnya.",
        ),
        "en": Words(
            "Messages (encrypted in private chats, readable in public rooms), your profile, files, and what apps keep.",
            "To give it to whom you meant it for.",
            "As long as the room, or until you delete it.",
        ),
    },
    Kind.RELATION: {
        "id": Words(
            "Kamu ada di ruang mana, siapa yang kamu verifikasi, dan mitra atau bot mana yang membaca datamu.",
            "Untuk mengantar pesan, dan menunjukkan kepadamu siapa membaca apa.",
            "Selama ruang atau akun ada.",
        ),
        "en": Words(
            "Which rooms you are in, whom you have verified, and which partner or bot has read something of yours.",
            "To deliver messages, and to show you who read what.",
            "As long as the room or the account.",
        ),
    },
    Kind.ACTIVITY: {
        "id": Words(
            "Kapan kamu mengirim, membaca, dan masuk; kapan perangkat terakhir terlihat (per jam).",
            "Untuk mengurutkan pesan, menunjukkan yang belum dibaca, dan menghentikan tebakan.",
            "Selama pesan, perangkat, atau akun ada.",
        ),
        "en": Words(
            "When you send, read and sign in; when a device was last seen (the hour).",
            "To order messages, show what is unread, and stop guessing.",
            "As long as the message, the device or the account.",
        ),
    },
    Kind.CHOICE: {
        "id": Words(
            "Pengaturan dan pilihanmu.",
            "Untuk melakukan yang kamu pilih, dan tidak lebih.",
            "Sampai kamu mengubahnya.",
        ),
        "en": Words("Your settings and choices.", "To do what you chose, and no more.", "Until you change them."),
    },
    Kind.NETWORK: {
        "id": Words(
            "Jejak alamat jaringan saat kode diminta, dan nama kasar jaringan saat perangkat ditautkan.",
            "Untuk menghentikan penipuan, dan agar kamu mengenali permintaan yang asing.",
            "Sepuluh menit sampai sehari.",
        ),
        "en": Words(
            "A hash of the address that asked for a code, and a coarse name of the network that links a device.",
            "To stop fraud, and so that you notice a request from elsewhere.",
            "Ten minutes to a day.",
        ),
    },
}
