"""Who of the staff may do what in one service: `staff.json` in its folder, written whole, and read when it has changed.

The command line writes it too, with or without a running gateway. Each request looks at the file, so a role that is
taken away ends at once.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, Literal, TypeVar

import structlog
from msgspec import DecodeError, Struct, json
from msgspec.structs import replace

from amanat.core.identifiers import is_user_id
from amanat.db.files import alone_in, write_durably
from amanat.gateway.desk.errors import LastLead

T = TypeVar("T")

Role = Literal["agent", "editor", "lead"]
ROLES: Final[tuple[Role, ...]] = ("agent", "editor", "lead")
FILE: Final = "staff.json"
MAX_MEMBERS: Final = 1000

log = structlog.get_logger()


class Member(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One of the staff; `name` as they told it when they last signed in, for a service may not see it otherwise."""

    user_id: str
    role: Role
    name: str = ""


class WrongStaff(Exception):
    """The list cannot be used, or cannot be changed so: its sentence says why."""


class _File(Struct, frozen=True, kw_only=True):
    staff: list[Member] = []


class Staff:
    """The staff of the service whose folder it is."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = folder / FILE
        self._seen: tuple[int, int, int] | None = None
        self._members: Mapping[str, Member] = {}

    def role_of(self, user_id: str) -> Role | None:
        """Return the role that somebody has now; nobody has one while the file is damaged."""
        member = self._current().get(user_id)
        return member.role if member else None

    def members(self) -> list[Member]:
        """Return everybody, in the order in which they came."""
        return list(self._current().values())

    def put(self, user_id: str, role: Role, *, keeps_lead: bool = False) -> None:
        """Give somebody a role; raises `WrongStaff` and, where a lead is to be left, `LastLead`."""
        if not is_user_id(user_id):
            raise WrongStaff(f"{user_id!r} is no user id: write @name:server.")

        def change(members: dict[str, Member]) -> None:
            held = members.get(user_id)
            members[user_id] = replace(held, role=role) if held else Member(user_id=user_id, role=role)
            if len(members) > MAX_MEMBERS:
                raise WrongStaff(f"A service has {MAX_MEMBERS} members of staff at most.")

        self._change(change, keeps_lead=keeps_lead)

    def remove(self, user_id: str, *, keeps_lead: bool = False) -> bool:
        """Take somebody's role away; `False` if they have none. Raises as `put` does."""
        return self._change(lambda members: members.pop(user_id, None) is not None, keeps_lead=keeps_lead)

    def call(self, user_id: str, name: str) -> None:
        """Keep what somebody of the staff is called; raises `WrongStaff`."""

        def change(members: dict[str, Member]) -> None:
            if user_id in members:
                members[user_id] = replace(members[user_id], name=name)

        held = self._current().get(user_id)
        if held is not None and held.name != name:
            self._change(change, keeps_lead=False)

    def _current(self) -> Mapping[str, Member]:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            self._seen, self._members = None, {}
            return self._members
        seen = found.st_ino, found.st_mtime_ns, found.st_size
        if seen != self._seen:
            self._seen = seen
            try:
                self._members = self._read()
            except WrongStaff as wrong:
                log.error("staff_not_read", reason=str(wrong))
                self._members = {}
        return self._members

    def _read(self) -> dict[str, Member]:
        try:
            members = json.decode(self._file.read_bytes(), type=_File).staff
        except FileNotFoundError:
            return {}
        except DecodeError as error:
            raise WrongStaff(f"{self._file} is damaged: {error}.") from None
        return {member.user_id: member for member in members}

    def _change(self, change: Callable[[dict[str, Member]], T], *, keeps_lead: bool) -> T:
        with alone_in(self._folder):
            members = self._read()
            result = change(members)
            if keeps_lead and "lead" not in [member.role for member in members.values()]:
                raise LastLead
            content = json.format(json.encode(_File(staff=list(members.values()))))
            write_durably(self._file, content + b"\n", mode=0o600)
        return result
