"""What a flow says and does, turn by turn; and what holds after anything that may happen."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.gateway.flows.interpreter import advance, begin, due_ms
from amanat.gateway.flows.loading import load
from amanat.gateway.flows.model import Ask, Choose, Effect, HandOver
from amanat.gateway.flows.session import (
    Act,
    Answered,
    GivenBack,
    HandToStaff,
    Input,
    Said,
    Sent,
    TakeBack,
    TimePassed,
    decode,
    encode,
)
from tests.gateway.flows import quiz
from tests.gateway.flows.sample import FLOW_READ, MINUTE_MS, NOW_MS, Chat, changed

WELCOME = ["Selamat datang."]


@pytest.mark.parametrize("first", [Said(text="halo"), Said(text="2"), Said(text="👋"), Sent(kind="voice")])
def test_anything_at_all_begins_with_the_menu(first: Input) -> None:
    chat = Chat()
    assert chat.hear(first) == WELCOME
    assert [option.title for option in chat.message.options][:2] == ["Status surat", "Biaya layanan"]
    assert chat.message.style == "list"


@pytest.mark.parametrize("answer", ["2", "2.", "nomor 2", "Biaya layanan", "biaya", "biayaa", "FEES", "2️⃣"])
def test_an_option_is_chosen_by_number_word_and_with_a_slip(answer: str) -> None:
    chat = Chat()
    chat.say("halo", answer)
    assert "fees" in chat.turn.path


def test_an_option_is_chosen_by_its_button() -> None:
    chat = Chat()
    chat.say("halo")
    chat.hear(Said(text="?", option="visit", menu="welcome"))
    assert chat.session.step == "ask_name"


def test_an_old_button_of_the_first_menu_still_leads_on_and_another_does_not() -> None:
    chat = Chat()
    chat.say("halo", "keluhan")
    chat.hear(Said(text="", option="visit", menu="welcome"))
    assert chat.session.step == "ask_name"
    assert chat.hear(Said(text="", option="rude", menu="ask_kind")) == [
        "Pilihan itu dari pesan yang sudah lewat.",
        "Nama Anda?",
    ]


def test_a_button_pressed_the_next_day_leads_where_it_says() -> None:
    chat = Chat()
    chat.say("halo")
    chat.now_ms += 24 * 60 * MINUTE_MS
    chat.hear(Said(text="", option="visit", menu="welcome"))
    assert chat.session.step == "ask_name"


def test_what_is_not_understood_gets_the_menu_again_and_then_the_ways_on() -> None:
    chat = Chat()
    first = chat.say("halo", "besok hujan")
    assert first[0].startswith("Maaf, saya belum mengerti.")
    assert "menu" not in first[0]
    assert "Tulis *menu*" in chat.say("besok hujan")[0]
    assert len(chat.message.options) == 5


@pytest.mark.parametrize(
    ("sent", "said"),
    [("voice", "pesan suara"), ("picture", "gambar"), ("video", "gambar"), ("file", "berkas"), ("place", "berkas")],
)
def test_what_is_no_text_gets_a_kind_answer(sent: Any, said: str) -> None:
    chat = Chat()
    chat.say("halo", "status")
    assert said in chat.hear(Sent(kind=sent))[0]
    assert chat.session.step == "ask_nik"


def test_after_three_wrong_answers_somebody_helps() -> None:
    chat = Chat()
    chat.say("halo", "status", "tidak tahu", "🙈")
    assert chat.say("apa?") == ["Petugas datang."]
    assert chat.turn.effects == (HandToStaff(desk="front", language="id"),)


def test_the_staff_are_shown_what_the_hand_over_names_as_far_as_it_is_known() -> None:
    flow = load(changed("flow.yaml", "hand_over: front\n", "hand_over: front\n    with: [kind, name]\n"))
    chat = Chat(flow)
    chat.say("halo", "petugas")
    assert chat.turn.effects == (HandToStaff(desk="front", language="id"),)
    chat.say("menu", "janji", "Ani", "petugas")
    # It is kept although no step ahead uses it: the person may ask for the staff at any time.
    assert chat.turn.effects == (HandToStaff(desk="front", language="id", known={"name": "Ani"}),)
    chat.say("menu", "5")
    assert (chat.session.standing, chat.session.variables) == ("ended", {})


def test_a_secret_goes_to_the_connector_and_is_forgotten_where_nothing_uses_it_any_more() -> None:
    chat = Chat()
    chat.say("halo", "status", "3171 0000 0000 0001")
    (act,) = chat.turn.effects
    assert isinstance(act, Act)
    assert (act.arguments, act.secrets) == ({"nik": "3171000000000001"}, frozenset({"nik"}))
    said = chat.hear(Answered(effect=act.id, outcome="found", values={"status": "READY", "more": "x"}))
    assert said == ["Surat Anda *READY*.", *WELCOME]
    assert chat.session.variables == {}


def test_a_secret_is_shown_masked() -> None:
    chat = Chat()
    chat.say("halo", "status", "3171000000000009")
    assert chat.hear(Answered(effect="1", outcome="not_found")) == ["Saya periksa ••••••••••••0009."]


def test_an_answer_is_never_read_as_a_template_nor_as_markup() -> None:
    chat = Chat()
    chat.say("halo", "status", "3171000000000009")
    chat.hear(Answered(effect="1", outcome="error"))
    said = chat.hear(Answered(effect="2", outcome="found", values={"status": "{nik} **x**\n1. y"}))
    assert said[0] == r"Izin Anda {nik} \*\*x\*\* 1. y."


@pytest.mark.parametrize("outcome", ["not_found", "error", "exploded", ""])
def test_every_outcome_that_has_no_case_goes_otherwise(outcome: str) -> None:
    chat = Chat()
    chat.say("halo", "status", "3171000000000009")
    chat.hear(Answered(effect="1", outcome=outcome))
    assert chat.session.step == "ask_permit"


def test_an_answer_nobody_waits_for_changes_nothing() -> None:
    chat = Chat()
    chat.say("halo", "status", "3171000000000009", "menu", "status", "3171000000000009")
    before = chat.session
    assert chat.hear(Answered(effect="1", outcome="found", values={"status": "ready"})) == []
    assert chat.session == before
    assert chat.session.effects == 2


def test_who_writes_meanwhile_is_asked_to_wait_and_may_leave() -> None:
    chat = Chat()
    chat.say("halo", "janji temu", "Budi")
    assert chat.say("halo?") == ["Sebentar, masih saya periksa."]
    assert chat.hear(Sent(kind="voice")) == ["Sebentar, masih saya periksa."]
    assert chat.say("batal") == ["Baik, dibatalkan.", *WELCOME]


def test_the_language_may_be_asked_for_and_changed_while_something_is_looked_up() -> None:
    chat = Chat()
    chat.say("halo", "janji temu", "Budi")
    assert chat.say("bahasa") == ["Sebentar, masih saya periksa."]
    assert chat.say("english") == ["One moment, I am still looking."]
    assert chat.hear(Answered(effect="1", outcome="full"))[0] == "Sorry, not yet."


def test_an_effect_that_does_not_answer_in_time_goes_otherwise() -> None:
    chat = Chat()
    chat.say("halo", "janji temu", "Budi")
    due = due_ms(chat.flow, chat.session)
    assert due == NOW_MS + 20_000
    chat.now_ms = due - 1
    assert chat.hear(TimePassed()) == []
    chat.now_ms = due
    assert chat.say("lama sekali") == ["Maaf, belum bisa.", *WELCOME]


def test_a_booking_is_told_with_its_number_and_its_date_in_words() -> None:
    chat = Chat()
    chat.say("halo", "janji temu", "Budi")
    values = {"number": "A-1", "date": "2026-12-01", "time": "09:00"}
    assert chat.hear(Answered(effect="1", outcome="booked", values=values))[0] == "A-1, 1 Desember 2026 pukul 09:00."


def test_a_choice_can_be_kept_for_later() -> None:
    chat = Chat()
    chat.say("halo", "keluhan", "sopan")
    assert isinstance(chat.turn.effects[0], Act)
    assert chat.turn.effects[0].arguments == {"kind": "rude"}


def test_staff_answer_alone_until_they_give_back() -> None:
    chat = Chat()
    chat.say("halo", "petugas")
    assert chat.say("ini saya") == chat.hear(Sent(kind="file")) == chat.say("bahasa") == []
    assert chat.hear(GivenBack()) == WELCOME


def test_who_does_not_want_to_wait_for_staff_goes_back_to_the_bot() -> None:
    chat = Chat()
    chat.say("halo", "petugas")
    assert chat.say("menu") == WELCOME
    assert chat.turn.effects == (TakeBack(),)


def test_staff_who_do_not_come_in_time_leave_it_to_the_bot() -> None:
    chat = Chat()
    chat.say("halo", "petugas")
    chat.now_ms += 20 * MINUTE_MS
    assert chat.hear(TimePassed())[0] == "Maaf, belum bisa."
    assert chat.turn.effects == (TakeBack(),)


def test_a_closed_office_hands_nothing_over() -> None:
    chat = Chat()
    chat.now_ms += 24 * 60 * MINUTE_MS
    assert chat.say("halo", "petugas")[0] == "Maaf, belum bisa."
    assert chat.turn.effects == ()


@pytest.mark.parametrize("words", [("bahasa", "2"), ("language", "english"), ("English",), ("bahasa inggris",)])
def test_the_language_changes_anywhere_and_the_question_is_asked_again(words: tuple[str, ...]) -> None:
    chat = Chat()
    chat.say("halo", "status")
    assert chat.say(*words) == ["Your identity number?"]
    assert chat.session.language == "en"


def test_the_first_message_may_ask_for_a_language() -> None:
    assert Chat().say("english") == ["Welcome."]


def test_a_language_that_is_not_understood_is_asked_for_again() -> None:
    chat = Chat()
    chat.say("halo", "bahasa", "apa")
    assert [option.id for option in chat.message.options] == ["id", "en"]
    chat.hear(Sent(kind="voice"))
    assert chat.message.menu == "language"


def test_a_command_with_a_slip_is_heard_where_it_is_no_answer() -> None:
    chat = Chat()
    chat.say("halo", "status")
    assert chat.say("mneu") == WELCOME


def test_a_long_silence_ends_the_conversation_kindly() -> None:
    chat = Chat()
    chat.say("halo", "status")
    chat.now_ms += 30 * MINUTE_MS
    assert chat.hear(TimePassed())[0].startswith("Percakapan ini saya tutup dulu")
    assert (chat.session.standing, chat.session.variables) == ("ended", {})
    assert chat.hear(TimePassed()) == []
    assert chat.say("3171000000000001") == WELCOME


def test_a_question_may_have_a_shorter_patience_of_its_own() -> None:
    chat = Chat()
    chat.say("halo", "janji temu")
    chat.now_ms += 5 * MINUTE_MS
    assert chat.hear(TimePassed()) == WELCOME


def test_a_message_after_the_end_begins_anew() -> None:
    chat = Chat()
    assert chat.say("halo", "selesai") == ["Terima kasih."]
    assert due_ms(chat.flow, chat.session) is None
    assert chat.say("5") == WELCOME


def test_a_session_whose_version_is_gone_begins_anew_in_its_language() -> None:
    chat = Chat()
    chat.say("english", "status")
    chat.flow = load(changed("texts/en.md", "Welcome.", "Welcome back."))
    assert chat.say("3171000000000001") == ["Welcome back."]
    assert chat.session.version == chat.flow.version != FLOW_READ.version


def test_a_stranger_to_the_flows_languages_gets_the_first() -> None:
    assert begin(FLOW_READ, language="fr").language == "id"
    assert begin(FLOW_READ, language="en").language == "en"


def test_a_flow_without_staff_does_not_know_the_word() -> None:
    chat = Chat(load(changed("flow.yaml", "human: staff\n", "")))
    assert chat.say("halo", "petugas")[0].startswith("Maaf, saya belum mengerti.")
    assert "petugas" not in chat.say("petugas")[0]


STANDS_AT: dict[str, Any] = {
    "new": Choose,
    "ended": Choose,
    "asking": Choose | Ask,
    "choosing_language": Choose | Ask,
    "working": Effect,
    "with_staff": HandOver,
}
WORDS = [
    "1",
    "2",
    "3",
    "status",
    "keluhan",
    "sopan",
    "Budi",
    "menu",
    "batal",
    "bahasa",
    "petugas",
    "english",
    "selesai",
]
IDS = ["", "welcome", "status", "visit", "ask_kind", "rude", "language", "en"]
INPUTS: st.SearchStrategy[Input] = st.one_of(
    st.builds(Said, text=st.sampled_from([*WORDS, "3171000000000001", "🙈", "\x00", "{nik}"]) | st.text(max_size=12)),
    st.builds(Said, text=st.text(max_size=3), option=st.sampled_from(IDS), menu=st.sampled_from(IDS)),
    st.builds(Sent, kind=st.sampled_from(["voice", "picture", "video", "file", "place", "sticker", "other"])),
    st.builds(
        Answered,
        effect=st.sampled_from(["1", "2", "3", ""]),
        outcome=st.sampled_from(["found", "not_found", "booked", "full", "opened", "error", "?"]),
        values=st.dictionaries(st.sampled_from(["status", "number", "date", "time"]), st.text(max_size=8)),
    ),
    st.just(GivenBack()),
    st.just(TimePassed()),
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(INPUTS, st.sampled_from([0, 1000, 25_000, 6 * MINUTE_MS, 40 * MINUTE_MS, -5000])), max_size=20)
)
def test_whatever_happens_the_conversation_stands_in_a_step_and_can_be_stored(
    happening: list[tuple[Input, int]],
) -> None:
    session, now_ms = begin(FLOW_READ), NOW_MS
    for heard, passed in happening:
        now_ms += passed
        turn = advance(FLOW_READ, session, heard=heard, now_ms=now_ms)
        session = decode(encode(turn.session))
        assert session == turn.session
        assert isinstance(FLOW_READ.steps[session.step], STANDS_AT[session.standing])
        assert session.standing == "working" or "nik" not in session.variables
        assert all(message.text for message in turn.outputs)
        due = due_ms(FLOW_READ, session)
        assert (due is None) == (session.standing in ("new", "ended"))


def test_a_count_begins_anew_with_each_round_and_is_told_with_the_step_that_counts() -> None:
    chat = Chat(load(quiz.FILES))
    assert chat.say("halo", "kuis") == ["Nilai 0.", "Benar?"]
    assert chat.say("benar") == ["Nilai sekarang 1.", "Semua 1.", "Benar?"]
    assert chat.say("benar") == ["Nilai sekarang 2.", "Hanya 2.", "Mulai."]
    assert "score" not in chat.session.variables
    assert chat.say("kuis") == ["Nilai 0.", "Benar?"]
    assert chat.say("salah") == ["Hanya 0.", "Mulai."]
