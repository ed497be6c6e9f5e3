"""A small flow with one of everything, and what tests do with it."""

from collections.abc import Mapping
from typing import Final

from amanat.gateway.flows.interpreter import advance, begin
from amanat.gateway.flows.loading import load
from amanat.gateway.flows.model import Flow
from amanat.gateway.flows.session import Input, Message, Said, Session, Turn

NOW_MS: Final = 1_795_400_000_000
"""Monday, 23 November 2026, 09:13 in Jakarta."""
MINUTE_MS: Final = 60_000

FLOW: Final = """\
flow: kantor-contoh
title: {id: Kantor Contoh, en: Sample Office}
languages: [id, en]
start: welcome
human: staff
tables:
  papers: {file: tables/papers.csv}
  fees: {file: tables/fees.csv, row: fee_row}
connectors:
  paper:
    table: papers
    needs: [nik]
    gives: [status]
  permit:
    needs: [nik]
    gives: [status]
calendars:
  office:
    open: {mon-fri: "08:00-15:00"}
    closed: closures.ics
steps:
  welcome:
    say: welcome
    choose:
      status: ask_nik
      fees: fees
      visit: ask_name
      complaint: ask_kind
      bye: goodbye
  ask_nik:
    say: ask_nik
    ask: nik
    as: digits
    length: 16
    secret: yes
    go: look_up
    otherwise: staff
  look_up:
    call: paper
    with: [nik]
    when:
      found: which
    otherwise: ask_permit
  which:
    decide: paper.status
    when:
      ready: tell
    otherwise: welcome
  tell:
    say: tell
    go: welcome
  ask_permit:
    say: looking
    call: permit
    with: [nik]
    when:
      found: tell_permit
    otherwise: sorry
    timeout: 10 seconds
  tell_permit:
    say: tell_permit
    go: welcome
  sorry:
    say: sorry
    go: welcome
  fees:
    say: fees
    go: welcome
  ask_name:
    say: ask_name
    ask: name
    max: 20
    go: visit
    otherwise: welcome
    timeout: 5 minutes
  visit:
    book: desk
    with: [name]
    when:
      booked: booked
      full: sorry
    otherwise: sorry
  booked:
    say: booked
    go: welcome
  ask_kind:
    say: ask_kind
    choose:
      rude: write
      slow: write
    save: kind
  write:
    ticket: complaint
    with: [kind]
    when:
      opened: ticket
    otherwise: sorry
  ticket:
    say: ticket
    go: welcome
  staff:
    decide: office
    when:
      open: with_staff
    otherwise: sorry
  with_staff:
    say: staff
    hand_over: front
    timeout: 20 minutes
    go: welcome
    otherwise: sorry
  goodbye:
    say: goodbye
    end: yes
"""

INDONESIAN: Final = """\
## welcome
Selamat datang.

- status: Status surat
- fees: Biaya layanan
- visit: Janji temu - pilih hari
- complaint: Keluhan
- bye: Selesai

## ask_nik
NIK Anda?

## looking
Saya periksa {nik}.

## tell
Surat Anda *{paper.status}*.

## tell_permit
Izin Anda {permit.status}.

## sorry
Maaf, belum bisa.

## fees
Biaya:
{fees}

## fee_row
- {thing}: {price}

## ask_name
Nama Anda?

## booked
{desk.number}, {desk.date} pukul {desk.time}.

## ask_kind
Tentang apa?

- rude: Kurang sopan
- slow: Terlalu lama

## ticket
Tiket {complaint.number}.

## staff
Petugas datang.

## goodbye
Terima kasih.
"""

ENGLISH: Final = """\
## welcome
Welcome.

- status: Paper status
- fees: Fees
- visit: Appointment - choose a day
- complaint: Complaint
- bye: That is all

## ask_nik
Your identity number?

## looking
I look for {nik}.

## tell
Your paper is *{paper.status}*.

## tell_permit
Your permit is {permit.status}.

## sorry
Sorry, not yet.

## fees
Fees:
{fees}

## fee_row
- {thing}: {price}

## ask_name
Your name?

## booked
{desk.number}, {desk.date} at {desk.time}.

## ask_kind
What about?

- rude: Not polite
- slow: Too slow

## ticket
Ticket {complaint.number}.

## staff
A person comes.

## goodbye
Thank you.
"""

CLOSURES: Final = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Contoh//ID\r\nBEGIN:VEVENT\r\nUID:1@contoh.example\r\n"
    "DTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261124\r\nSUMMARY:Libur\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)

FILES: Final[Mapping[str, bytes]] = {
    "flow.yaml": FLOW.encode(),
    "texts/id.md": INDONESIAN.encode(),
    "texts/en.md": ENGLISH.encode(),
    "tables/papers.csv": b"nik,status\n3171000000000001,ready\n3171000000000002,lost\n",
    "tables/fees.csv": b"thing,price\nPaspor,350.000\nIzin *cepat*,{nik}\n",
    "closures.ics": CLOSURES.encode(),
}


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """Return the sample with one edit, as a clerk's slip would make it."""
    content = FILES[file].decode()
    assert old in content, f"{file} has no {old!r}"
    return {**FILES, file: content.replace(old, new, 1).encode()}


FLOW_READ: Final[Flow] = load(FILES)


class Chat:
    """A conversation with the sample, or another flow."""

    def __init__(self, flow: Flow = FLOW_READ) -> None:
        self.flow = flow
        self.now_ms = NOW_MS
        self.session: Session = begin(flow)
        self.turn = Turn(session=self.session)

    def hear(self, heard: Input) -> list[str]:
        """Return the texts that the bot says to something."""
        self.turn = advance(self.flow, self.session, heard=heard, now_ms=self.now_ms)
        self.session = self.turn.session
        return [message.text for message in self.turn.outputs]

    def say(self, *texts: str) -> list[str]:
        """Write several messages, and return what the bot says to the last."""
        said: list[str] = []
        for text in texts:
            said = self.hear(Said(text=text))
        return said

    @property
    def message(self) -> Message:
        return self.turn.outputs[-1]
