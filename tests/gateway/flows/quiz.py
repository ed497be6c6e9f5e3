"""A small flow that counts, and compares what somebody shares with a table."""

from typing import Final

FLOW: Final = """\
flow: kuis
title: {id: Kuis}
languages: [id]
start: welcome
tables:
  register: {file: tables/register.csv}
connectors:
  entry:
    table: register
    needs: [message]
    alike: yes
    gives: [verdict]
steps:
  welcome:
    say: welcome
    choose:
      quiz: begin
      check: ask_message
  begin:
    say: begin
    count: score
    from: 0
    go: question
  question:
    say: question
    choose:
      yes: right
      no: result
  right:
    say: right
    count: score
    go: result
  result:
    decide: score
    when:
      1: all
    otherwise: none
  all:
    say: all
    go: question
  none:
    say: none
    go: welcome
  ask_message:
    say: ask_message
    ask: message
    secret: yes
    go: compare
    otherwise: welcome
  compare:
    call: entry
    with: [message]
    when:
      found: tell
    otherwise: unknown
  tell:
    say: tell
    go: welcome
  unknown:
    say: unknown
    go: welcome
"""

TEXTS: Final = """\
## welcome
Mulai.

- quiz: Kuis
- check: Periksa

## begin
Nilai {score}.

## question
Benar?

- yes: Benar
- no: Salah

## right
Nilai sekarang {score}.

## all
Semua {score}.

## none
Hanya {score}.

## ask_message
Pesannya?

## tell
{entry.verdict}.

## unknown
Tidak ada.
"""

REGISTER: Final = """\
message,verdict
undangan nikah buka file apk | surat tilang bayar denda tautan,scam
listrik padam tujuh hari sebarkan,hoax
"""


FILES: Final = {"flow.yaml": FLOW.encode(), "texts/id.md": TEXTS.encode(), "tables/register.csv": REGISTER.encode()}


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    """Return the files with one edit, as a clerk's slip would make it."""
    content = FILES[file].decode()
    assert old in content, f"{file} has no {old!r}"
    return {**FILES, file: content.replace(old, new, 1).encode()}
