"""Who runs the devices of a service: its signed statement, made and checked. Pure; DESIGN, section 6.

A statement is an object, signed as the specification signs JSON (appendices#signing-json): by the service's
cross-signing master key under its user id, and by each operator's own key under that key. Fields that this version does
not know are covered by the signatures and otherwise passed over. The app checks the same in
`web/src/matrix/label/key_statement.ts`, against the same vectors: `tests/core/key_statements.json`.
"""

import re
from typing import Annotated, Any, Final, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Meta, Struct

from amanat.core import canonical_json
from amanat.core.errors import BadJson, InvalidParam, InvalidSignature
from amanat.core.signed_json import check_signature, is_key, public_key_of, signed_by

VERSION: Final = 1
MAX_LIFE_MS: Final = 30 * 24 * 60 * 60 * 1000
"""A statement that nobody renews says less every day who has the keys now."""
MAX_AHEAD_MS: Final = 60 * 60 * 1000
"""So far may the clock of whoever signs be ahead of that of whoever checks."""
MAX_BYTES: Final = 16 * 1024
"""Of a statement with its signatures, as canonical JSON."""

# Controls, and what turns the direction of what stands beside it: a name is read inside a sentence of the app's.
_UNREADABLE: Final = re.compile("[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

Fault = Literal["malformed", "wrong-key", "unsigned", "early", "not-countersigned", "older", "expired"]
"""What is wrong with a statement, the gravest first. From `not-countersigned` on the service did sign what it says."""

Name = Annotated[str, Meta(min_length=1, max_length=100)]


class Operator(Struct, frozen=True, kw_only=True):
    """Whoever runs a device in the service's stead; `key` is theirs, ed25519 in unpadded base64."""

    name: Name
    key: str


class Device(Struct, frozen=True, kw_only=True):
    """A device of a service; without `operator` the service runs it itself."""

    id: Annotated[str, Meta(min_length=1, max_length=255)]
    ed25519: str
    operator: Operator | None
    country: Annotated[str, Meta(pattern="^[A-Z]{2}$")]
    """Where it stands: ISO 3166-1 alpha-2."""
    purpose: Name


class Statement(Struct, frozen=True, kw_only=True):
    """What a service says. Times are in ms since 1970."""

    v: Literal[1] = VERSION
    user_id: str
    master_key: str
    master_kept_by: Literal["owner", "operator"] = "owner"
    """Where the master key lies. Whoever runs a gateway that keeps it can read and sign everything: then each device
    names its operator, and the service is shown as hosted."""
    seq: Annotated[int, Meta(ge=1, le=canonical_json.MAX_INTEGER)]
    """Grows with each statement of a service: the highest counts."""
    issued: Annotated[int, Meta(ge=0, le=canonical_json.MAX_INTEGER)]
    expires: Annotated[int, Meta(ge=0, le=canonical_json.MAX_INTEGER)]
    devices: Annotated[list[Device], Meta(max_length=50)]

    def names(self, device_id: str, ed25519: str) -> bool:
        """Whether a device of the live list is one of these; an id alone could be another's."""
        return any((device.id, device.ed25519) == (device_id, ed25519) for device in self.devices)


class Verdict(Struct, frozen=True, kw_only=True):
    """What a check has found: no fault, or the gravest; `statement` is what the service did sign, if it did."""

    statement: Statement | None
    fault: Fault | None


def signed(statement: Statement, *, master: Ed25519PrivateKey) -> dict[str, Any]:
    """Return a statement as it is published, signed by the service; operators have yet to sign. Raises InvalidParam."""
    content = msgspec.to_builtins(statement)
    if statement.master_key != public_key_of(master) or _read(content) is None:
        raise InvalidParam("This is no statement that this key could sign.")
    return signed_by(content, statement.user_id, key=master)


def countersigned(published: dict[str, Any], *, key: Ed25519PrivateKey) -> dict[str, Any]:
    """Return a published statement with an operator's signature beside the others.

    An operator looks at what it says of them before they sign it. Raises InvalidParam where they run no device of it.
    """
    statement = _read(published)
    public = public_key_of(key)
    if statement is None or public not in {device.operator.key for device in statement.devices if device.operator}:
        raise InvalidParam("This statement does not name that operator.")
    own = signed_by(published, public, key=key)["signatures"]
    return {**published, "signatures": {**published.get("signatures", {}), **own}}


def check(published: Any, *, user_id: str, master_key: str, now_ms: int, seen_seq: int) -> Verdict:
    """Say what a published statement is worth; `seen_seq` is the highest that was seen of the service, or 0."""
    statement = _read(published)
    if statement is None:
        return Verdict(statement=None, fault="malformed")
    if (statement.user_id, statement.master_key) != (user_id, master_key):
        return Verdict(statement=None, fault="wrong-key")
    if not _is_signed(published, by=user_id, key=master_key):
        return Verdict(statement=None, fault="unsigned")
    operators = {device.operator.key for device in statement.devices if device.operator}
    faults: list[tuple[Fault, bool]] = [
        ("early", statement.issued > now_ms + MAX_AHEAD_MS),
        ("not-countersigned", not all(_is_signed(published, by=key, key=key) for key in operators)),
        ("older", statement.seq < seen_seq),
        ("expired", statement.expires <= now_ms),
    ]
    return Verdict(statement=statement, fault=next((fault for fault, holds in faults if holds), None))


def check_shape(published: Any) -> None:
    """Refuse what is no statement at all, whoever signed it. Raises InvalidParam."""
    if _read(published) is None:
        raise InvalidParam("This is no statement of who runs the devices of a service.")


def _read(published: Any) -> Statement | None:
    try:
        if not isinstance(published, dict) or len(canonical_json.encode(published)) > MAX_BYTES:
            return None
        statement = msgspec.convert(published, Statement)
    except (BadJson, msgspec.ValidationError):
        return None
    return statement if _is_sound(statement) else None


def _is_sound(statement: Statement) -> bool:
    devices = statement.devices
    operators = [device.operator for device in devices if device.operator]
    keys = [statement.master_key, *(device.ed25519 for device in devices), *(operator.key for operator in operators)]
    texts = [device.purpose for device in devices] + [operator.name for operator in operators]
    return (
        0 < statement.expires - statement.issued <= MAX_LIFE_MS
        and all(is_key(key) for key in keys)
        and all(text.strip() and not _UNREADABLE.search(text) for text in texts)
        and len({device.id for device in devices}) == len(devices)
        and (statement.master_kept_by == "owner" or len(operators) == len(devices) > 0)
    )


def _is_signed(published: dict[str, Any], *, by: str, key: str) -> bool:
    try:
        check_signature(published, user_id=by, key_id=f"ed25519:{key}", public_key=key)
    except (InvalidParam, InvalidSignature):
        return False
    return True
