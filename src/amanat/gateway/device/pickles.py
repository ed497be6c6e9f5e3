"""Accounts and sessions as the database keeps them: in vodozemac's own encrypted form, under the service's key."""

from typing import Final, Protocol

from vodozemac import Account, GroupSession, InboundGroupSession, PickleException, Session

KEY_BYTES: Final = 32


class DamagedKeys(Exception):
    """What the database keeps was sealed with another key, or is damaged."""

    def __init__(self) -> None:
        super().__init__(
            "This service's keys do not open with this `service.key`: put back the key file and the database that "
            "belong together, from one backup. Nothing was changed."
        )


class _Sealable(Protocol):
    def pickle(self, pickle_key: bytes, /) -> str: ...


class Pickles:
    """Seals and opens. It is the only thing that holds the key, and does not show it."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"A service's key has {KEY_BYTES} bytes.")
        self._key = key

    def __repr__(self) -> str:
        return "Pickles()"

    def seal(self, value: _Sealable) -> str:
        """Return an account or a session as it may lie in a database."""
        return value.pickle(self._key)

    def account(self, pickle: str) -> Account:
        """Open an account; raises `DamagedKeys`, as the others do. Takes a millisecond with fifty one-time keys."""
        try:
            return Account.from_pickle(pickle, self._key)
        except PickleException:
            raise DamagedKeys from None

    def olm_session(self, pickle: str) -> Session:
        """Open a channel to a device."""
        try:
            return Session.from_pickle(pickle, self._key)
        except PickleException:
            raise DamagedKeys from None

    def outbound_session(self, pickle: str) -> GroupSession:
        """Open what the service encrypts a room's messages with."""
        try:
            return GroupSession.from_pickle(pickle, self._key)
        except PickleException:
            raise DamagedKeys from None

    def room_key(self, pickle: str) -> InboundGroupSession:
        """Open the key of others' messages."""
        try:
            return InboundGroupSession.from_pickle(pickle, self._key)
        except PickleException:
            raise DamagedKeys from None
