"""What the programs noted, held against what people said, did and heard: nothing is lost, nothing there twice."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from tests.gateway.service.bot_program import ALBUM
from tests.gateway.service.circle import MEMBER, NAME, Circle
from tests.gateway.service.guest import Guest

Note = dict[str, Any]
Event = dict[str, Any]
_PART: Final = re.compile(r"\.\d$")
_STANDINGS: Final = {"join": "member", "ban": "kicked"}
NOTICE: Final = "I am an automatic service."


def once(notes: Iterable[Note]) -> list[Note]:
    """Return what was told, each update once, and look whether each try brought the same bytes."""
    found: dict[tuple[str, str], Note] = {}
    for note in (each for each in notes if "update" in each):
        first = found.setdefault((note["bot"], note["update"]), note)
        assert first["body"] == note["body"], "each try brings the same bytes"
    return list(found.values())


def words_came(notes: Sequence[Note], guests: Sequence[Guest]) -> None:
    """Look whether each word came in one update, and in the order in which they were said in their chat."""
    told = [note for note in once(notes) if note["word"] and not note["word"].startswith(NAME)]
    came: dict[tuple[str, str], list[str]] = defaultdict(list)
    for note in told:
        came[note["bot"], note["chat"]].append(note["word"])
    assert sorted(came.values()) == sorted(guest.said for guest in guests), "in the order in which it was said"


def calls_were_heard(notes: Sequence[Note], heard: Sequence[str]) -> None:
    """Look whether what was answered was said, what was refused was not, and of an album all or nothing."""
    statuses = {note["called"]: note["status"] for note in notes if "called" in note}
    assert {status for status in statuses.values() if status < 500} <= {0, 200, 429}
    assert {*Counter(heard).values()} == {1}, "nothing is said twice"
    parts: dict[str, list[str]] = defaultdict(list)
    for call in heard:
        parts[_PART.sub("", call)].append(call)
    for call, said in parts.items():
        assert said == ([call] if "." not in said[0] else [f"{call}.{part}" for part in range(ALBUM)])
    assert set(parts) <= {note["calls"] for note in notes if "calls" in note}
    assert {call for call, status in statuses.items() if status == 200} <= set(parts), "what is answered is said"
    assert not {call for call, status in statuses.items() if status == 429} & set(parts), "what is refused is not"


def was_read(notes: Sequence[Note]) -> bool:
    """Look whether each message was sent before it was read, by somebody's word; return whether all are read."""
    order = {note["update"]: place for place, note in enumerate(once(notes)) if note["bot"] == "cloud"}
    sent = {name.partition(" ")[0] for name in order if name.endswith(" sent")}
    read = {name.partition(" ")[0] for name in order if name.endswith(" read")}
    assert all(order.get(f"{wamid} sent", len(order)) < order[f"{wamid} read"] for wamid in read)
    return bool(sent) and sent == read


class OfCircle:
    """Of what was noted of a group."""

    def __init__(self, circle: Circle, notes: Sequence[Note], events: Sequence[Event]) -> None:
        self._circle = circle
        self._told = once(notes)
        self._answered = {note["called"] for note in notes if note.get("status") == 200}
        self._events = events

    def hold(self) -> None:
        """Look at all of it."""
        for bot, user_id in self._circle.bots.items():
            told = [note for note in self._told if note["bot"] == bot]
            words = Counter(note["word"] for note in told if note["word"].startswith(NAME))
            assert words == Counter(self._circle.said), "each word is told once"
            returns = self._circle.returns if bot == "polling" else 0
            notices = [each for each in self._circle.heard if each.sender == user_id and NOTICE in str(each.content)]
            assert len(notices) == 1 + returns, "it says once what it is, each time that it comes"
            own = [note["is"] for note in told if "is" in note and note["chat"].startswith("-")]
            assert own == ["member", "administrator"] + ["left", "member"] * returns, "what becomes of it is told once"
            votes = Counter(voter for poll, voter in self._circle.votes if poll == user_id)
            assert sorted(votes.values()) == sorted(Counter(n["voter"] for n in told if "voter" in n).values())
            closed = Counter(note["closed"] for note in told if "closed" in note)
            assert set(closed.values()) == {1}, "that a poll is over is told once"
            assert self._moves(user_id) == [(n["moved"], n["before"], n["after"]) for n in told if self._is_move(n)]
            assert self._asks(bot) == Counter(note["asks"] for note in told if "asks" in note)
        self._polls()
        self._pins()

    def _moves(self, bot: str) -> list[tuple[str, str, str]]:
        """Return who came and went while a bot was there, but for what it did itself."""
        found: list[tuple[str, str, str]] = []
        names: dict[str, str] = {}
        standings: dict[str, str] = {}
        is_there = False
        for event in (each for each in self._events if each["type"] == MEMBER):
            who, membership = event["state_key"], event["content"]["membership"]
            names[who] = event["content"].get("displayname") or names.get(who, "")
            is_there = membership == "join" if who == bot else is_there
            before, after = standings.get(who, "left"), _STANDINGS.get(membership, "left")
            standings[who] = after
            is_guest = names[who] in self._circle.guests
            if is_there and is_guest and before != after and event["sender"] != bot:
                found.append((names[who], before, after))
        return found

    def _is_move(self, note: Note) -> bool:
        return note.get("moved") in self._circle.guests

    def _asks(self, bot: str) -> Counter[str]:
        """Return who asked to join, and how often a bot is told so: of its own links, those with a limit are its."""
        knocks = [each for each in self._events if each["content"].get("membership") == "knock"]
        links = {link.rpartition("?")[2] for _, word, _, link in self._circle.answers if word.endswith("-link")}
        told = [each for each in knocks if bot == "polling" or each["content"]["reason"] not in links]
        return Counter(each["content"]["displayname"] for each in told)

    def _polls(self) -> None:
        for poll, word, call in self._circle.polls:
            ends = word.endswith("-soon") or call in self._answered
            assert self._circle.ends(poll) == int(ends), "whichever is to end ends once"

    def _pins(self) -> None:
        pinned = [each["content"]["pinned"] for each in self._events if each["type"] == "m.room.pinned_events"]
        wishes = [word for word in self._circle.said if word.endswith("-pin")]
        assert len(pinned[-1]) == len({*pinned[-1]}) == len(wishes), "each is pinned once"
