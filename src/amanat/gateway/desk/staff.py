"""Who of the staff may do what in one service: `staff.json` in its folder, written whole, and read when it has changed.

The command line writes it too, with or without a running gateway. Each request looks at the file, so a role that is
taken away ends at once.
"""

import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal, TypeVar

import structlog
from msgspec import DecodeError, Struct, json

from amanat.core.identifiers import is_user_id
from amanat.db.files import write_durably
from amanat.gateway.desk.errors import LastLead

T = TypeVar("T")

Role = Literal["agent", "editor", "lead"]
ROLES: Final[tuple[Role, ...]] = ("agent", "editor", "lead")
FILE: Final = "staff.json"
MAX_MEMBERS: Final = 1000

log = structlog.get_logger()


class Member(Struct, frozen=True, kw_only=True):
    """One of the staff."""

    user_id: str
    role: Role


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
        self._roles: Mapping[str, Role] = {}

    def role_of(self, user_id: str) -> Role | None:
        """Return the role that somebody has now; nobody has one while the file is damaged."""
        return self._current().get(user_id)

    def members(self) -> list[Member]:
        """Return everybody, in the order in which they came."""
        return [Member(user_id=user_id, role=role) for user_id, role in self._current().items()]

    def put(self, user_id: str, role: Role, *, keeps_lead: bool = False) -> None:
        """Give somebody a role; raises `WrongStaff` and, where a lead is to be left, `LastLead`."""
        if not is_user_id(user_id):
            raise WrongStaff(f"{user_id!r} is no user id: write @name:server.")

        def change(roles: dict[str, Role]) -> None:
            roles[user_id] = role
            if len(roles) > MAX_MEMBERS:
                raise WrongStaff(f"A service has {MAX_MEMBERS} members of staff at most.")

        self._change(change, keeps_lead=keeps_lead)

    def remove(self, user_id: str, *, keeps_lead: bool = False) -> bool:
        """Take somebody's role away; `False` if they have none. Raises as `put` does."""
        return self._change(lambda roles: roles.pop(user_id, None) is not None, keeps_lead=keeps_lead)

    def _current(self) -> Mapping[str, Role]:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            self._seen, self._roles = None, {}
            return self._roles
        seen = found.st_ino, found.st_mtime_ns, found.st_size
        if seen != self._seen:
            self._seen = seen
            try:
                self._roles = self._read()
            except WrongStaff as wrong:
                log.error("staff_not_read", reason=str(wrong))
                self._roles = {}
        return self._roles

    def _read(self) -> dict[str, Role]:
        try:
            members = json.decode(self._file.read_bytes(), type=_File).staff
        except FileNotFoundError:
            return {}
        except DecodeError as error:
            raise WrongStaff(f"{self._file} is damaged: {error}.") from None
        return {member.user_id: member.role for member in members}

    def _change(self, change: Callable[[dict[str, Role]], T], *, keeps_lead: bool) -> T:
        with self._alone():
            roles = self._read()
            result = change(roles)
            if keeps_lead and "lead" not in roles.values():
                raise LastLead
            members = [Member(user_id=user_id, role=role) for user_id, role in roles.items()]
            write_durably(self._file, json.format(json.encode(_File(staff=members))) + b"\n", mode=0o600)
        return result

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep another process, and another change, from writing in between."""
        descriptor = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
