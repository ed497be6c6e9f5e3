"""What /proc tells about a process tree."""

import os
import subprocess
import sys

from bench.process import cpu_seconds, memory_bytes, tree

_BURN = "import time\nwhile time.process_time() < 0.2: pass"
_CHILD = (
    f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_BURN!r}]); print('done', flush=True); input()"
)


def test_processor_time_counts_children_who_have_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", _CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert cpu_seconds(process.pid) >= 0.15  # /proc counts in hundredths, and cuts off
        process.communicate(b"\n")


def test_the_tree_holds_children_and_ourselves() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert {os.getpid(), process.pid} <= set(tree(os.getpid()))
        assert memory_bytes(process.pid) > 0
        process.communicate(b"\n")


def test_a_process_that_is_gone_costs_nothing() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert cpu_seconds(process.pid) == 0
    assert memory_bytes(process.pid) == 0
