"""`python -m bench`: measure the table of figures, every subject in one run on one machine."""

import argparse
import asyncio
import logging
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

import msgspec
import uvloop
from msgspec import Struct
from msgspec.structs import replace

from amanat import logs
from bench import machine
from bench.figures import Figure, number
from bench.lab import Lab
from bench.machine import Cores
from bench.rows import ROWS
from bench.rows.row import Row
from bench.subjects.amanat import Amanat
from bench.subjects.bare import BareStack
from bench.subjects.subject import Subject
from bench.subjects.synapse import Synapse
from bench.table import markdown

HOME = Path(".bench")
_BUSY = 0.5


class Report(Struct, kw_only=True):
    """One run: what `--json` writes."""

    date: str
    machine: str
    load_average: float
    sync_ms: float
    separate_cores: bool
    scale: float
    titles: dict[str, str]
    results: dict[str, dict[str, Figure]] = {}
    failures: list[str] = []

    def text(self, rows: Sequence[Row]) -> str:
        """Write the report as Markdown."""
        cores = "server on one core, load on another" if self.separate_cores else "server and load on one core"
        lines = [line for row in rows for line in row.lines]
        head = f"{self.date}, {self.machine}; {cores}; one fsync takes {number(self.sync_ms)} ms."
        if self.load_average > _BUSY:
            head += f" The machine was busy (load average {self.load_average:.1f}): only the ratios mean something."
        if self.scale != 1:
            head += f" Loads at {self.scale:g} of the table's: these figures only show that the bench works."
        failed = [f"- failed: {failure}" for failure in self.failures]
        return "\n".join([head, "", markdown(lines, self.results, titles=self.titles), *failed])


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure the table of figures.")
    parser.add_argument("--only", metavar="ROW,..", help=f"measure only these rows: {', '.join(names)}")
    parser.add_argument("--without-synapse", action="store_true", help="leave Synapse out, and do not install it")
    parser.add_argument("--subjects", default="synapse,bare,amanat", help="measure only these (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file as well")
    parser.add_argument("--scale", type=float, default=1.0, help="shrink the loads, to try the bench (default: 1)")
    parser.add_argument("--events", type=int, help="events in the old room of the last row (default: 1,000,000)")
    parser.add_argument("--folder", type=Path, default=HOME, help="where data and Synapse live (default: %(default)s)")
    options = parser.parse_args(argv)
    wanted = options.only.split(",") if options.only else names
    if unknown := set(wanted) - set(names):
        parser.error(f"no such row: {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    options.folder = options.folder.resolve()  # Servers run in other folders.
    options.rows = [row for row in ROWS if row.name in wanted]
    options.subjects = [
        name for name in options.subjects.split(",") if name != "synapse" or not options.without_synapse
    ]
    return options


def _subjects(options: argparse.Namespace) -> list[Subject]:
    known: list[Subject] = [Synapse(options.folder / "synapse"), BareStack(), Amanat()]
    return [subject for subject in known if subject.name in options.subjects]


async def _measure(lab: Lab, row: Row, report: Report) -> None:
    """Measure one row of one subject; a row that fails is told in the report and does not end the run."""
    name, start = lab.subject.name, perf_counter()
    lab.say(f"measuring {row.name}")
    try:
        report.results[name] |= await row.measure(lab)
        lab.say(f"measured {row.name} in {perf_counter() - start:.0f} s")
    except Exception as error:
        traceback.print_exc()
        report.failures.append(f"{name}, {row.name}: {type(error).__name__}: {error}")


async def _run(subjects: Sequence[Subject], options: argparse.Namespace, cores: Cores, report: Report) -> None:
    for subject in subjects:
        scale = subject.scale.times(options.scale)
        if options.events is not None:
            scale = replace(scale, events=options.events)
        folder = Path(tempfile.mkdtemp(prefix=f"{subject.name}-", dir=options.folder))
        report.results[subject.name] = {}
        lab = Lab(subject, folder=folder, cores=cores, scale=scale)
        try:
            for row in options.rows:
                if subject.name in row.subjects:
                    await _measure(lab, row, report)
        finally:
            shutil.rmtree(folder)


def main(argv: Sequence[str]) -> int:
    """Measure what is asked for, print the table, and return 1 when a row failed."""
    options = _arguments(argv)
    logs.configure("console", level=logging.WARNING)  # the devices of people run in this process
    options.folder.mkdir(parents=True, exist_ok=True)
    subjects = _subjects(options)
    for subject in subjects:
        subject.prepare()
    machine.raise_descriptor_limit()
    cores = machine.share_cores()
    report = Report(
        date=datetime.now(UTC).date().isoformat(),
        machine=machine.shape(),
        load_average=os.getloadavg()[0],
        sync_ms=machine.sync_seconds(options.folder) * 1e3,
        separate_cores=cores.separate,
        scale=options.scale,
        titles={subject.name: subject.title for subject in subjects},
    )
    os.sched_setaffinity(0, cores.load)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_run(subjects, options, cores, report))
    print(report.text(options.rows))
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2))
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
