"""The one list of what this server holds about people: all that a copy contains, and all that an erasure removes.

A table that is not about people stands in `NOT_PERSONAL`, with the reason. A test compares both with the schema.
"""

from typing import Final

from amanat.product.accounts.credentials.tables import PASSKEYS, PINS, RECOVERY_EMAILS, RECOVERY_KEYS
from amanat.product.accounts.oauth.tables import CODES, DEVICE_CODES, LOGIN_TOKENS, OAUTH_SESSIONS
from amanat.product.accounts.pages.tables import BROWSER_SESSIONS, FINDABLE_BY_NUMBER
from amanat.product.accounts.phone.tables import PHONE_OWNERS, PHONES
from amanat.product.consent.tables import CHOICES
from amanat.product.ledger.tables import GRANTS, LEDGER, READS
from amanat.product.rights.holding import Holding
from amanat.product.rights.tables import EXPORTS
from amanat.store.account_data import ACCOUNT_DATA, FILTERS
from amanat.store.accounts import HANDLES, USERS
from amanat.store.aliases import ALIASES
from amanat.store.cross_signing import CROSS_SIGNING_KEYS, KEY_SIGNATURES
from amanat.store.dehydrated_devices import DEHYDRATED_DEVICES
from amanat.store.device_keys import DEVICE_KEYS
from amanat.store.device_lists import DEVICE_LIST_CHANGES, SIGNED_PEOPLE
from amanat.store.devices import DEVICES
from amanat.store.key_backup import BACKED_UP_KEYS, KEY_BACKUPS
from amanat.store.media import MEDIA, MEDIA_PENDING, MEDIA_REFERENCES, MEDIA_RELEASED, MEDIA_USAGE
from amanat.store.one_time_keys import FALLBACK_KEYS, ONE_TIME_KEY_COUNTERS, ONE_TIME_KEYS
from amanat.store.openid import OPENID_TOKENS
from amanat.store.operator_acts import OPERATOR_ACTS
from amanat.store.profile import PROFILES
from amanat.store.push_rules import PUSH_RULES
from amanat.store.pushers import PUSH_RETRIES, PUSHERS
from amanat.store.receipts import HIGHLIGHTS, RECEIPTS
from amanat.store.reports import REPORTS
from amanat.store.rooms import MEMBERS
from amanat.store.sessions import ACCESS_TOKENS, REFRESH_TOKENS
from amanat.store.to_device import TO_DEVICE

_TOKEN: Final = frozenset({"token_hash"})

HOLDINGS: Final = (
    Holding(
        table=USERS,
        en="Account",
        id="Akun",
        secret=frozenset({"password_hash"}),
        stays="The id is never given to anybody else; all else in the row is emptied.",
    ),
    Holding(table=HANDLES, en="User name", id="Nama pengguna"),
    Holding(table=PROFILES, en="Profile", id="Profil"),
    Holding(table=PHONES, en="Phone number", id="Nomor telepon", secret=frozenset({"number_hash", "sealed_number"})),
    Holding(table=PHONE_OWNERS, en="Being found by number", id="Pencarian nomor", secret=frozenset({"number_hash"})),
    Holding(table=FINDABLE_BY_NUMBER, en="Who may find you by number", id="Siapa yang boleh mencari lewat nomor"),
    Holding(table=PINS, en="PIN", id="PIN", secret=frozenset({"pin_hash"})),
    Holding(table=PASSKEYS, en="Passkeys", id="Kunci sandi"),
    Holding(table=RECOVERY_KEYS, en="Recovery key", id="Kunci pemulihan", secret=frozenset({"key_hash"})),
    Holding(
        table=RECOVERY_EMAILS,
        en="Address for notices",
        id="Alamat pemberitahuan",
        secret=frozenset({"address", "pending", "previous", "code_hash"}),
    ),
    Holding(table=DEVICES, en="Devices", id="Perangkat"),
    Holding(table=BROWSER_SESSIONS, en="Browsers", id="Peramban", secret=frozenset({"session_hash"})),
    Holding(table=OAUTH_SESSIONS, en="Apps", id="Aplikasi"),
    Holding(table=ACCESS_TOKENS, en="Access tokens", id="Token akses", secret=_TOKEN),
    Holding(table=REFRESH_TOKENS, en="Refresh tokens", id="Token penyegar", secret=_TOKEN | {"access_hash", "family"}),
    Holding(table=LOGIN_TOKENS, en="Sign-ins under way", id="Proses masuk", secret=_TOKEN),
    Holding(
        table=CODES, en="App sign-ins under way", id="Proses masuk aplikasi", secret=frozenset({"code_hash", "family"})
    ),
    Holding(
        table=DEVICE_CODES,
        en="Devices being added",
        id="Perangkat yang sedang ditambahkan",
        secret=frozenset({"device_code_hash", "user_code_hash"}),
    ),
    Holding(table=OPENID_TOKENS, en="Proofs of identity", id="Bukti identitas", secret=_TOKEN),
    Holding(table=DEVICE_KEYS, en="Keys of devices", id="Kunci perangkat"),
    Holding(table=ONE_TIME_KEYS, en="One-time keys", id="Kunci sekali pakai"),
    Holding(table=ONE_TIME_KEY_COUNTERS, en="Counts of one-time keys", id="Jumlah kunci sekali pakai"),
    Holding(table=FALLBACK_KEYS, en="Fallback keys", id="Kunci cadangan perangkat"),
    Holding(table=CROSS_SIGNING_KEYS, en="Identity keys", id="Kunci identitas"),
    Holding(table=KEY_SIGNATURES, whose="target_user", en="Who verified you", id="Yang memverifikasimu"),
    Holding(table=KEY_SIGNATURES, whose="signer_user", en="Whom you verified", id="Yang kamu verifikasi"),
    Holding(table=SIGNED_PEOPLE, whose="signer_user", en="When you verified whom", id="Waktu kamu memverifikasi"),
    Holding(table=SIGNED_PEOPLE, whose="target_user", en="When you were verified", id="Waktu kamu diverifikasi"),
    Holding(
        table=DEVICE_LIST_CHANGES,
        en="Last change of devices",
        id="Perubahan perangkat terakhir",
        stays="Others' apps learn by it that the devices are gone; it is a number.",
    ),
    Holding(table=DEHYDRATED_DEVICES, en="Device in waiting", id="Perangkat siaga"),
    Holding(table=TO_DEVICE, en="Messages waiting for devices", id="Pesan yang menunggu perangkat"),
    Holding(table=KEY_BACKUPS, en="Key backups", id="Cadangan kunci"),
    Holding(table=BACKED_UP_KEYS, en="Backed-up keys (encrypted)", id="Kunci tercadang (terenkripsi)"),
    Holding(table=ACCOUNT_DATA, en="Settings of apps", id="Pengaturan aplikasi"),
    Holding(table=FILTERS, en="Filters of apps", id="Saringan aplikasi"),
    Holding(table=PUSH_RULES, en="Notification rules", id="Aturan pemberitahuan"),
    Holding(table=PUSHERS, en="Where notifications go", id="Tujuan pemberitahuan"),
    Holding(table=PUSH_RETRIES, en="Notifications on their way", id="Pemberitahuan yang sedang dikirim"),
    Holding(
        table=MEMBERS,
        en="Rooms",
        id="Ruang",
        stays="Others' rooms remember that somebody was there, under the id alone; names and pictures are removed.",
    ),
    Holding(table=RECEIPTS, en="What you have read", id="Yang sudah kamu baca", by_room=True),
    Holding(table=HIGHLIGHTS, en="Where you were mentioned", id="Tempat kamu disebut"),
    Holding(
        table=ALIASES,
        whose="creator",
        en="Addresses of rooms you made",
        id="Alamat ruang yang kamu buat",
        stays="They lead others to their rooms.",
    ),
    Holding(table=MEDIA, en="Files you uploaded", id="Berkas yang kamu unggah"),
    Holding(table=MEDIA_PENDING, en="Files announced", id="Berkas yang diumumkan"),
    Holding(table=MEDIA_USAGE, en="Space your files take", id="Ruang penyimpanan yang terpakai"),
    Holding(table=MEDIA_REFERENCES, en="Where you show files", id="Tempat kamu menampilkan berkas"),
    Holding(table=MEDIA_RELEASED, en="Files you show no more", id="Berkas yang tidak lagi ditampilkan"),
    Holding(table=REPORTS, whose="reporter", en="Reports you made", id="Laporanmu"),
    Holding(
        table=OPERATOR_ACTS,
        whose="subject",
        en="What the operator did to your account",
        id="Tindakan pengelola atas akunmu",
        stays="The operator answers for it; the reason is emptied, and after two years the row goes.",
    ),
    Holding(table=CHOICES, en="Choices about policies", id="Pilihan atas kebijakan"),
    Holding(table=GRANTS, en="Whom you allow to read", id="Siapa yang kamu izinkan membaca"),
    Holding(table=LEDGER, en="Who read what", id="Siapa membaca apa"),
    Holding(table=READS, whose="partner_id", en="How often you read of others", id="Seberapa sering kamu membaca"),
    Holding(table=EXPORTS, en="Copies like this one", id="Salinan seperti ini", secret=frozenset({"blob"})),
)

NOT_PERSONAL: Final = {
    "annotations": "Finds reactions again; what they say is in the events.",
    "events": "Own events are in a part of their own; see `amanat.product.rights.own_events`.",
    "jobs": "Work under way, which ends.",
    "ledger_leaves": "Salted hashes.",
    "ledger_roots": "Hashes.",
    "ledger_tiles": "Hashes.",
    "meta": "Facts of the server.",
    "oauth_clients": "Apps.",
    "partners": "Third parties.",
    "phone_codes": "Codes sent to numbers, for ten minutes; whose they are is not known yet.",
    "phone_counts": "Counts by the hour.",
    "phone_sends": "When numbers were sent codes, for a day, by a keyed hash.",
    "phone_work": "Proofs of work.",
    "policy_texts": "Documents.",
    "registration_tokens": "Made by the operator, for whoever comes.",
    "relations": "Finds replies again; what they say is in the events.",
    "retention_progress": "About rooms.",
    "retention_rooms": "About rooms.",
    "rooms": "Rooms; who made one is in its events.",
    "sms_spending": "Costs.",
    "state": "Finds current state again; what it says is in the events.",
    "streams": "Positions.",
    "threads": "Counts of threads.",
    "thumbnails": "Of media.",
    "transactions": "Hashes of requests, for a while.",
}
"""Tables without rows of their own about anybody, and why."""
