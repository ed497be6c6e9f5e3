"""What `amanat bot` prints and refuses: a token is told once."""

import json
from pathlib import Path

from amanat.gateway.bots.tokens import Tokens
from tests.cli.conftest import Call
from tests.processes import lab


def test_a_bot_is_made_and_its_tokens_come_and_go(call: Call, tmp_path: Path) -> None:
    with lab(tmp_path) as server:
        made = call("bot", "create", "toko", "--api", "telegram", "--homeserver", server.url, "--title", "Toko Budi")
        assert made.code == 0, made.err
        said = json.loads(made.out)
        assert said["user_id"] == "@toko:localhost"
        assert said["access"]["base_url"] == "http://127.0.0.1:8020/bot"
        again = json.loads(call("bot", "create", "toko", "--api", "telegram", "--homeserver", server.url).out)
        assert (again["device_id"], again["access"]["id"]) == (said["device_id"], said["access"]["id"])
        other = call("bot", "create", "toko", "--api", "cloud", "--homeserver", server.url)
        assert (other.code, "of the telegram API already" in other.err) == (1, True)
    tokens = Tokens(Path(said["data"]))
    assert tokens.find(said["token"], now_ms=0) is None, "who makes it again ends its first token"
    assert tokens.find(again["token"], now_ms=0)

    added = call("bot", "token", "toko", "add", "kasir", "--days", "3").out.strip()
    assert added.startswith(f"{said['access']['id']}:")
    assert "kasir\tread,write,manage\tmade " in call("bot", "token", "toko", "list").out
    assert call("bot", "token", "toko", "revoke", "kasir").code == 0
    assert tokens.find(added, now_ms=0) is None
    assert call("bot", "token", "toko", "revoke", "kasir").code == 1
    assert call("bot", "token", "toko", "add").code == 2
    assert call("bot", "token", "toko", "add", "x", "--days", "0").code == 2
    assert call("bot", "token", "toko", "add", "x", "--days", "1", "--hours", "1").code == 2
    assert "among read, write, manage" in call("bot", "token", "toko", "add", "x", "--scopes", "read,all").err
    brief = call("bot", "token", "toko", "add", "papan", "--hours", "2", "--scopes", "read").out.strip()
    found = tokens.find(brief, now_ms=0)
    assert found is not None
    assert found.scopes == ("read",)
    assert "papan\tread\tmade " in call("bot", "token", "toko", "list").out
    assert "holds no bot" in call("bot", "token", "warung", "list").err


def test_a_bots_data_may_lie_in_postgresql(call: Call, tmp_path: Path, postgres_url: str) -> None:
    with lab(tmp_path) as server:
        create = ("bot", "create", "toko", "--api", "cloud", "--homeserver", server.url)
        made = call(*create, "--database", postgres_url)
        assert made.code == 0, made.err
        folder = Path(json.loads(made.out)["data"])
        assert (folder / "database.url").read_text().strip() == postgres_url
        assert not (folder / "gateway.db").exists()
        assert call(*create).code == 0, "it knows where"
        moved = call(*create, "--database", f"{postgres_url}&application_name=other")
        assert (moved.code, "keeps its data elsewhere" in moved.err) == (4, True)
