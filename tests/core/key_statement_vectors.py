"""What statements of key holders are worth: cases that Python and the app both run, from `key_statements.json`.

`python -m tests.core.key_statement_vectors` writes the file anew, with keys that are the same each time.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

from amanat.core.key_statements import MAX_LIFE_MS, Device, Operator, Statement, countersigned, signed
from amanat.core.signed_json import public_key_of, signed_by

FILE: Final = Path(__file__).with_name("key_statements.json")
SERVICE: Final = "@layanan:contoh.example"
NOW_MS: Final = 1_795_400_000_000
DAY_MS: Final = 24 * 60 * 60 * 1000


def key(name: str) -> Ed25519PrivateKey:
    """Return a key that is the same each time."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(name.encode()).digest())


MASTER: Final = key("master")
HOST: Final = key("host")
HOSTED: Final = Operator(name="PT Contoh", key=public_key_of(HOST))
OWN_DEVICE: Final = Device(
    id="LOKET1", ed25519=public_key_of(key("loket")), operator=None, country="ID", purpose="Menjawab pesan"
)
HOSTED_DEVICE: Final = Device(
    id="GATEWAY", ed25519=public_key_of(key("gateway")), operator=HOSTED, country="SG", purpose="Menjawab pesan"
)
STATEMENT: Final = Statement(
    user_id=SERVICE,
    master_key=public_key_of(MASTER),
    seq=7,
    issued=NOW_MS - DAY_MS,
    expires=NOW_MS + DAY_MS,
    devices=[OWN_DEVICE],
)
HOSTED_STATEMENT: Final = replace(STATEMENT, devices=[OWN_DEVICE, HOSTED_DEVICE])


def by_service(content: dict[str, Any]) -> dict[str, Any]:
    """Sign something, whether it is a statement or not."""
    return signed_by(content, SERVICE, key=MASTER)


def build() -> list[dict[str, Any]]:
    """Return all cases."""
    good = signed(STATEMENT, master=MASTER)
    hosted = countersigned(signed(HOSTED_STATEMENT, master=MASTER), key=HOST)
    bare = {name: value for name, value in good.items() if name != "signatures"}
    unicode = replace(
        HOSTED_STATEMENT,
        devices=[
            replace(HOSTED_DEVICE, operator=replace(HOSTED, name="ＰＴ 例え “Ω” 👋🏽"), purpose='"\\/\u2603 \u00e9')
        ],
    )
    stranger = signed_by(bare, SERVICE, key=key("stranger"))
    device = bare["devices"][0]
    return [
        _case("self-hosted", good),
        _case("hosted", hosted, named={"LOKET1": True, "GATEWAY": True}),
        _case("names in any writing", countersigned(signed(unicode, master=MASTER), key=HOST), named={"GATEWAY": True}),
        _case("fields of a later version", by_service({**bare, "\U0001f600": {"b": [1, None], "a": 2}, "\ufffd": "z"})),
        _case("a signature by a device beside the master's", _with_device_signature(good)),
        _case("no devices at all", signed(replace(STATEMENT, devices=[]), master=MASTER), named={"LOKET1": False}),
        _case(
            "a device of the same id with another key",
            signed(replace(STATEMENT, devices=[replace(OWN_DEVICE, ed25519=HOSTED.key)]), master=MASTER),
            named={"LOKET1": False},
        ),
        _case("the highest number that was seen", good, seen_seq=7),
        _case("a lower number than was seen", good, seen_seq=8, fault="older"),
        _case("over", good, now_ms=STATEMENT.expires, fault="expired"),
        _case("from tomorrow", good, now_ms=STATEMENT.issued - DAY_MS, fault="early"),
        _case("the host has not signed", signed(HOSTED_STATEMENT, master=MASTER), fault="not-countersigned"),
        _case("the host has signed another", _moved(hosted, purpose="Lain"), fault="not-countersigned"),
        _case("of another account", good, user_id="@lain:contoh.example", fault="wrong-key"),
        _case("of another identity", good, master_key=HOSTED.key, fault="wrong-key"),
        _case("signed by another key under the master's name", _renamed(stranger), fault="unsigned"),
        _case("signed by another key", stranger, fault="unsigned"),
        _case("changed afterwards", {**good, "seq": 8}, fault="unsigned"),
        _case("no signature", bare, fault="unsigned"),
        _case("signatures of no shape", {**good, "signatures": [1]}, fault="unsigned"),
        _case(
            "longer than thirty days", by_service({**bare, "issued": bare["expires"] - MAX_LIFE_MS - 1}), "malformed"
        ),
        _case("over before it began", by_service({**bare, "expires": bare["issued"]}), fault="malformed"),
        _case("a later version", by_service({**bare, "v": 2}), fault="malformed"),
        _case("a number that is a text", by_service({**bare, "seq": "7"}), fault="malformed"),
        _case("no number", by_service({**bare, "seq": 0}), fault="malformed"),
        _case("two devices of one id", by_service({**bare, "devices": [device, device]}), fault="malformed"),
        _case("a country that is none", by_service({**bare, "devices": [{**device, "country": "id"}]}), "malformed"),
        _case("a purpose of nothing", by_service({**bare, "devices": [{**device, "purpose": " "}]}), "malformed"),
        _case(
            "a purpose that turns round",
            by_service({**bare, "devices": [{**device, "purpose": "\u202ea"}]}),
            "malformed",
        ),
        _case("a purpose too long", by_service({**bare, "devices": [{**device, "purpose": "👋" * 101}]}), "malformed"),
        _case("a purpose as long as may be", by_service({**bare, "devices": [{**device, "purpose": "👋" * 100}]})),
        _case(
            "an operator without a key",
            by_service({**bare, "devices": [{**device, "operator": {"name": "PT"}}]}),
            "malformed",
        ),
        _case(
            "a kept master key and nobody who keeps it", by_service({**bare, "master_kept_by": "operator"}), "malformed"
        ),
        _case(
            "too many devices",
            by_service({**bare, "devices": [{**device, "id": str(n)} for n in range(51)]}),
            "malformed",
        ),
        _case("too long", by_service({**bare, "x": "x" * 16_384}), fault="malformed"),
        _case("nothing", None, fault="malformed"),
        _case("a list", [good], fault="malformed"),
    ]


def _case(
    name: str,
    published: Any,
    fault: str | None = None,
    *,
    user_id: str = SERVICE,
    master_key: str = STATEMENT.master_key,
    now_ms: int = NOW_MS,
    seen_seq: int = 0,
    named: dict[str, bool] | None = None,
) -> dict[str, Any]:
    """Return a case; `named` says which devices of the live list the statement names, where it is believed."""
    about = {"user_id": user_id, "master_key": master_key, "now_ms": now_ms, "seen_seq": seen_seq}
    live = {"LOKET1": OWN_DEVICE.ed25519, "GATEWAY": HOSTED_DEVICE.ed25519}
    expected = {"LOKET1": True} if named is None else named
    devices = [{"id": each, "ed25519": live[each], "named": is_named} for each, is_named in expected.items()]
    return {"name": name, **about, "published": published, "fault": fault, "devices": [] if fault else devices}


def _with_device_signature(published: dict[str, Any]) -> dict[str, Any]:
    by_user = {**published["signatures"][SERVICE], "ed25519:LOKET1": "A" * 86}
    return {**published, "signatures": {SERVICE: by_user}}


def _renamed(published: dict[str, Any]) -> dict[str, Any]:
    (signature,) = published["signatures"][SERVICE].values()
    return {**published, "signatures": {SERVICE: {f"ed25519:{STATEMENT.master_key}": signature}}}


def _moved(published: dict[str, Any], *, purpose: str) -> dict[str, Any]:
    """Return a statement that the service has changed since its host looked at it."""
    changed = {**published, "devices": [*published["devices"][:-1], {**published["devices"][-1], "purpose": purpose}]}
    return {**changed, "signatures": {**published["signatures"], **by_service(changed)["signatures"]}}


def written(cases: list[dict[str, Any]]) -> str:
    """Return the file's text."""
    return json.dumps(cases, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(written(build()))
