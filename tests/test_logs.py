"""Both forms of the log tell what happened and nothing of what was said."""

import io
import json
import os
from typing import Literal

import pytest
import structlog

from amanat import logs

SECRET = "syt_a_token_that_no_log_may_show"


def _fail_with_a_local(secret: str) -> None:
    held = secret + "!"
    del held
    raise RuntimeError("something broke")


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_where_and_no_local_variable(form: Literal["json", "console"]) -> None:
    written = io.StringIO()
    logs.configure(form, stream=written)
    try:
        _fail_with_a_local(SECRET)
    except RuntimeError:
        structlog.get_logger().exception("request_failed", request_id="r1")
    said = written.getvalue()
    assert "RuntimeError: something broke" in said
    assert "_fail_with_a_local" in said
    assert SECRET not in said


def test_a_line_of_json_is_one_happening() -> None:
    written = io.StringIO()
    logs.configure("json", stream=written)
    structlog.get_logger().info("event_sent", room_id="!r")
    line = json.loads(written.getvalue())
    assert (line["event"], line["level"], line["room_id"]) == ("event_sent", "info", "!r")
    assert "timestamp" in line


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_log_on_a_full_disk_stops_nobody(form: Literal["json", "console"]) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    stream = io.TextIOWrapper(io.FileIO(full, "w"), write_through=True)
    with pytest.raises(OSError):
        stream.write("x")
    logs.configure(form, stream=stream)
    structlog.get_logger().error("commit_failed", units=1)
    stream.detach().close()


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_log_whose_stream_was_closed_stops_nobody(form: Literal["json", "console"]) -> None:
    stream = io.StringIO()
    logs.configure(form, stream=stream)
    stream.close()
    structlog.get_logger().error("commit_failed", units=1)
