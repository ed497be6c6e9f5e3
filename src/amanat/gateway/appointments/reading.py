"""The file `appointments.yaml`: read with every slip told, and refused if nobody could keep what it promises. Pure."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo

from amanat.core.spoken_numbers import ALPHABET
from amanat.gateway.appointments import sense
from amanat.gateway.appointments.numbers import MAX_CODE
from amanat.gateway.appointments.settings import CHANNELS, DAY_MS, Agenda, Counter, Place, Service
from amanat.gateway.office_files.calendars import HOLIDAYS, Span, read_calendar, read_span
from amanat.gateway.office_files.problems import Findings, suggestion
from amanat.gateway.office_files.sections import Section
from amanat.gateway.office_files.yaml_nodes import read_yaml

FILE: Final = "appointments.yaml"
DEFAULT_ZONE: Final = "Asia/Jakarta"
DEFAULT: Final = Service(name="", title={}, code="", counters=())
"""What a service is where its block says nothing."""

_SERVICE_KEYS: Final = (
    *("title", "code", "at", "asks", "identity", "ahead", "release", "hold", "limit", "priority_until"),
    *("move", "waiting", "remind", "early", "no_show", "keep"),
)
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def read_agenda(contents: Mapping[str, str], *, findings: Findings) -> tuple[Agenda, frozenset[str]]:
    """Read `appointments.yaml` among the files of a folder; return what it says, and which files it reads.

    Raises `FilesRefused` with everything that is wrong.
    """
    node = read_yaml(FILE, contents[FILE], findings=findings)
    findings.refuse()
    assert node is not None
    top = Section(node, file=FILE, what="this file", findings=findings)
    top.allow("places", "services")
    sections = top.sections("places", what="the place")
    places = {name: _place(section, name, contents) for name, section in sections.items()}
    counters = {
        counter.id: counter for name, section in sections.items() for counter in _counters(section, places[name])
    }
    services = {
        name: _service(section, name, counters)
        for name, section in top.sections("services", what="the service").items()
    }
    for key, found in (("places", places), ("services", services)):
        if not found:
            top.say(f"{FILE} needs '{key}'.")
    agenda = Agenda(places=places, counters=counters, services=services)
    sense.check_agenda(agenda, top)
    findings.refuse()
    closed = {file for section in sections.values() for file in section.texts("closed")}
    return agenda, frozenset({FILE, *closed} - {HOLIDAYS})


def _place(section: Section, name: str, contents: Mapping[str, str]) -> Place:
    section.allow("title", "zone", "open", "closed", "counters")
    zone = _zone(section)
    return Place(
        name=name,
        title=_title(section),
        zone=zone,
        calendar=read_calendar(section, files=contents, zone=zone),
    )


def _counters(section: Section, place: Place) -> list[Counter]:
    found = section.sections("counters", what="the counter")
    if not found:
        section.say(f"{section.what} needs 'counters': what is booked there.")
    return [_counter(below, f"{place.name}.{name}", place) for name, below in found.items()]


def _counter(section: Section, name: str, place: Place) -> Counter:
    section.allow("every", "capacity", "walk_in", "priority", "per_day")
    capacity_in = _capacity_in(section)
    capacity = 0 if capacity_in else section.whole_number("capacity", default=0)
    counter = Counter(
        id=name,
        place=place,
        slot_ms=section.duration_ms("every") or 0,
        capacity=capacity,
        capacity_in=capacity_in,
        walk_in=section.whole_number("walk_in", default=0),
        priority=_numbers(section, "priority"),
        per_day=_numbers(section, "per_day", *CHANNELS),
    )
    sense.check_counter(counter, section)
    return counter


def _capacity_in(section: Section) -> dict[Span, int]:
    if not section.is_block("capacity"):
        return {}
    below = section.section("capacity")
    assert below is not None
    read = {hours: read_span(below, hours, line=below.line_of(hours)) for hours in below.keys}
    return {span: below.whole_number(hours, default=0) for hours, span in read.items() if span}


def _service(section: Section, name: str, counters: Mapping[str, Counter]) -> Service:
    section.allow(*_SERVICE_KEYS)
    ahead = _block(section, "ahead", "from", "to")
    limit = _block(section, "limit", "person", "identity")
    move = _block(section, "move", "times", "before")
    waiting = _block(section, "waiting", "people", "offer")
    no_show = _block(section, "no_show", "after", "strikes", "block")
    service = Service(
        name=name,
        title=_title(section),
        code=_code(section),
        counters=_at(section, counters),
        asks=section.texts("asks"),
        identity=section.name("identity"),
        from_ms=_duration(ahead, "from", DEFAULT.from_ms),
        to_days=_duration(ahead, "to", DEFAULT.to_days * DAY_MS) // DAY_MS,
        release=_clock(section),
        hold_ms=_duration(section, "hold", DEFAULT.hold_ms),
        per_person=_number(limit, "person", DEFAULT.per_person),
        per_identity=_number(limit, "identity", DEFAULT.per_identity),
        priority_until_ms=_duration(section, "priority_until", DEFAULT.priority_until_ms),
        moves=_number(move, "times", DEFAULT.moves),
        move_before_ms=_duration(move, "before", DEFAULT.move_before_ms),
        waiting=_number(waiting, "people", DEFAULT.waiting),
        offer_ms=_duration(waiting, "offer", DEFAULT.offer_ms),
        remind_ms=_remind(section),
        early_ms=_duration(section, "early", DEFAULT.early_ms),
        grace_ms=_duration(no_show, "after", DEFAULT.grace_ms),
        strikes=_number(no_show, "strikes", DEFAULT.strikes),
        block_ms=_duration(no_show, "block", DEFAULT.block_ms),
        keep_ms=_duration(section, "keep", DEFAULT.keep_ms),
    )
    sense.check_service(service, section, counters=counters)
    return service


def _title(section: Section) -> dict[str, str]:
    title = section.section("title")
    if title is None:
        section.say(f"{section.what} needs 'title', with a line for each language.")
        return {"id": ""}
    return {language: title.text(language, required=True) for language in title.keys} or {"id": ""}


def _zone(section: Section) -> ZoneInfo:
    name = section.text("zone") or DEFAULT_ZONE
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        sentence = f"'{name}' is no time zone: write Asia/Jakarta, Asia/Makassar or Asia/Jayapura."
        section.say(sentence, line=section.line_of("zone"))
        return ZoneInfo(DEFAULT_ZONE)


def _code(section: Section) -> str:
    code = section.text("code", required=True).upper()
    if len(code) > MAX_CODE or not set(code) <= set(ALPHABET):
        sentence = f"'code' needs one to {MAX_CODE} letters or digits without 0, O, 1, I and L, which look alike."
        section.say(sentence, line=section.line_of("code"))
    return code


def _at(section: Section, counters: Mapping[str, Counter]) -> tuple[str, ...]:
    names = section.texts("at")
    if not names:
        section.say(f"{section.what} needs 'at': the counters where it is done, such as [main.front].")
    for name in names:
        if name not in counters:
            section.say(f"There is no counter '{name}'.{suggestion(name, counters)}", line=section.line_of("at"))
    return tuple(dict.fromkeys(name for name in names if name in counters))


def _clock(section: Section) -> time | None:
    word = section.text("release")
    match = _CLOCK.fullmatch(word)
    if word and match is None:
        section.say(f"'release' needs a time such as 07:30, not '{word}'.", line=section.line_of("release"))
    return time(int(match[1]), int(match[2])) if match else None


def _block(section: Section, key: str, *known: str) -> Section | None:
    below = section.section(key)
    if below:
        below.allow(*known)
    return below


def _duration(section: Section | None, key: str, default: int) -> int:
    return (section.duration_ms(key) if section else None) or default


def _number(section: Section | None, key: str, default: int) -> int:
    return section.whole_number(key, default=default) if section else default


def _numbers(section: Section, key: str, *known: str) -> dict[str, int]:
    below = _block(section, key, *known) if known else section.section(key)
    return {name: below.whole_number(name, default=0) for name in below.keys} if below else {}


def _remind(section: Section) -> tuple[int, ...]:
    return section.durations_ms("remind") if "remind" in section.keys else DEFAULT.remind_ms
