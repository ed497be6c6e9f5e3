"""`amanat fake` says where its bots are, and goes when it is told to."""

import json
import subprocess
import sys

import httpx


def test_it_serves_until_it_is_stopped() -> None:
    command = [sys.executable, "-m", "amanat", "fake", "--listen", "127.0.0.1:0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            access = json.loads(process.stdout.readline())["telegram"]
            answer = httpx.get(f"{access['base_url']}{access['token']}/getMe", trust_env=False, timeout=20)
            assert answer.json()["result"]["id"] == access["id"]
        finally:
            process.terminate()
        assert process.wait(20) == 0
