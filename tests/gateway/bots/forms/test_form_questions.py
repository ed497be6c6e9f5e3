"""How a field is asked for, and how the sum reads."""

from typing import Any

from amanat.gateway.bots.forms.form_questions import changeable, checking, question, refused, summed
from amanat.gateway.forms.asking import Asked, Done, standing
from amanat.gateway.forms.model import Answer as Named
from amanat.gateway.forms.model import Compare, Footer, Given, Option, Part, Screen

SIZES = (Option(id="s", title="Kecil", description="dua orang"), Option(id="l", title="Besar"))
SCREEN = Screen(
    id="A",
    parts=(
        Part(kind="body", text="Pilih meja."),
        Part(kind="link", text="Denah", url="https://contoh.id/denah"),
        Part(kind="one", name="meja", text="Meja", helper="Di teras", options=SIZES, required=True),
        Part(kind="line", name="nama", text="Nama", start=Given("A", "siapa")),
        Part(kind="line", name="kota", text="Kota", start="Bogor", enabled=False),
        Part(kind="line", name="pin", text="PIN", input="passcode"),
        Part(kind="caption", text="Tidak bisa diubah lagi."),
    ),
    footers=(Footer(label="Kirim", enabled=Compare("!=", Named("A", "nama"), "Eve")),),
)
ALL: dict[str, Any] = {"meja": "l", "nama": "Budi", "pin": "1234"}


def at(**answers: Any) -> Asked | Done:
    """Where somebody stands."""
    return standing([SCREEN], {"A": answers}, first="A", data={"siapa": "Budi"})


def test_a_question_has_what_stands_before_it_its_options_and_how_to_answer() -> None:
    first = at()
    assert isinstance(first, Asked)
    assert question(first, language="id") == (
        "Pilih meja.\n\nDenah: https://contoh.id/denah\n\n"
        "Meja\nDi teras\n1. Kecil \u2013 dua orang\n2. Besar\nBalas dengan angka atau kata pilihannya."
    )
    assert refused(first, "not_offered", language="en") == "Meja has to be one of the options."
    assert refused(first, "wrong", language="id") == "Jawaban itu belum bisa dipakai."
    second = at(meja="l")
    assert isinstance(second, Asked)
    assert question(second, language="en") == 'Nama\nWrite "-" to leave it empty. Write "=" to take: Budi'


def test_the_sum_hides_what_is_secret_and_numbers_what_can_be_changed() -> None:
    done = at(**ALL)
    assert isinstance(done, Done)
    assert checking(done, language="id") == (
        "Tidak bisa diubah lagi.\n\n"
        "Periksa dulu:\n1. Meja: Besar\n2. Nama: Budi\n\u2013 Kota: Bogor\n3. PIN: \u2022\u2022\u2022\u2022\n\n"
        'Tulis "kirim" untuk mengirim, nomor baris untuk mengubahnya, atau "batal".'
    )
    assert [line.part.name for line in changeable(done)] == ["meja", "nama", "pin"]
    assert summed(done, language="id") == "Meja: Besar\nNama: Budi\nKota: Bogor\nPIN: \u2022\u2022\u2022\u2022"


def test_a_way_that_is_shut_says_so() -> None:
    stuck = at(**ALL | {"nama": "Eve"})
    assert isinstance(stuck, Done)
    assert stuck.pages is None
    assert "The form goes no further" in checking(stuck, language="en")
