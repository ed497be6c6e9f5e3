"""Synapse, pinned, from PyPI, in its own environment: as it comes, but for limits, cheap passwords and presence."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench.subjects.subject import Launch, Scale

REQUIREMENTS = Path(__file__).with_name("synapse.txt")
_UNLIMITED = {"per_second": 1_000_000, "burst_count": 1_000_000}


class Synapse:
    """The reference. It is given fewer people and rooms: the table's would take it hours."""

    name = "synapse"
    scale = Scale(people=600, large_room=400, small_room=400, rooms=40, events=0, joins=200, uploads=200)

    def __init__(self, environment: Path) -> None:
        self._environment = environment

    @property
    def title(self) -> str:
        """The version is part of the title: figures of another one are other figures."""
        found = re.search(r"^matrix-synapse==(\S+)$", REQUIREMENTS.read_text(), re.MULTILINE)
        assert found, "synapse.txt pins no matrix-synapse"
        return f"Synapse {found[1]}"

    def prepare(self) -> None:
        """Make the environment, unless it was made from the same list before."""
        stamp, wanted = self._environment / "installed.txt", REQUIREMENTS.read_text()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(self._environment)], check=True)
        pip = [str(self._environment / "bin" / "pip"), "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "install", "--no-deps", "-r", str(REQUIREMENTS)], check=True)
        stamp.write_text(wanted)

    def launch(self, *, data: Path, port: int, database: str | None) -> Launch:
        """Write the configuration into the data folder and start the one process."""
        data.mkdir(parents=True, exist_ok=True)
        (data / "signing.key").write_text(f"ed25519 a_bench {base64.b64encode(b'b' * 32).decode().rstrip('=')}\n")
        (data / "log.json").write_text(json.dumps(_LOGGING))
        path = data / "homeserver.json"  # JSON is YAML.
        path.write_text(json.dumps(_configuration(data, port=port, database=database)))
        python = self._environment / "bin" / "python"
        return Launch(command=[str(python), "-m", "synapse.app.homeserver", "--config-path", str(path)])


_LOGGING = {
    "version": 1,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"level": "ERROR", "handlers": ["stderr"]},
    "disable_existing_loggers": False,
}

_LIMITED = (
    "rc_message",
    "rc_registration",
    "rc_joins_per_room",
    "rc_admin_redaction",
    "rc_key_requests",
    "rc_room_creation",
    "rc_user_directory",
    "rc_profile",
)
_LIMITS = {
    **dict.fromkeys(_LIMITED, _UNLIMITED),
    "rc_login": {"address": _UNLIMITED, "account": _UNLIMITED, "failed_attempts": _UNLIMITED},
    "rc_joins": {"local": _UNLIMITED, "remote": _UNLIMITED},
    "rc_invites": {"per_room": _UNLIMITED, "per_user": _UNLIMITED, "per_issuer": _UNLIMITED},
}


def _configuration(data: Path, *, port: int, database: str | None) -> dict[str, Any]:
    resources = [{"names": ["client"]}]
    return {
        "server_name": "localhost",
        "report_stats": False,
        "listeners": [{"port": port, "type": "http", "bind_addresses": ["127.0.0.1"], "resources": resources}],
        "database": _database(data, database),
        "media_store_path": str(data / "media"),
        "signing_key_path": str(data / "signing.key"),
        "log_config": str(data / "log.json"),
        "trusted_key_servers": [],
        "registration_shared_secret": "bench",
        "macaroon_secret_key": "bench",
        "form_secret": "bench",
        "enable_registration": True,
        "enable_registration_without_verification": True,
        "bcrypt_rounds": 4,
        "presence": {"enabled": False},
        **_LIMITS,
    }


def _database(data: Path, url: str | None) -> dict[str, Any]:
    if url is None:
        return {"name": "sqlite3", "args": {"database": str(data / "homeserver.db")}}
    parts = urlsplit(url)
    where = {"user": parts.username, "host": parts.hostname, "port": parts.port, "dbname": parts.path[1:]}
    return {"name": "psycopg2", "args": {**where, "cp_min": 5, "cp_max": 10}}
