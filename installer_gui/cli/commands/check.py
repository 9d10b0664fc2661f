"""Check the site's network as a charging station would see it."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from ...app import App
from ...domain.job import Connection
from ...domain.outcome import NotMeasured
from ...domain.plain import to_plain
from ...domain.record import Record
from ...domain.verdict import judge
from ...errors import BadInput
from ...session import jobs, plan, site
from ...session.events import Event, Finished
from .. import exits, run_document
from ..render import Output
from ..run_text import print_run


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("--interface", metavar="IF", default="", help="network interface to test")
    parser.add_argument("--connection", choices=[c.value for c in Connection], default=None)
    parser.add_argument("--stations", type=_count, metavar="N", default=None, help="stations that need an address")
    parser.add_argument("--only", type=_ids, metavar="ID,..", default=(), help="only these checks")
    parser.add_argument("--skip", type=_ids, metavar="ID,..", default=(), help="leave these checks out")
    parser.add_argument("--trust-anchors", metavar="FILE", help="PEM roots in place of the charger's")
    parser.add_argument("--save", metavar="JOB", type=Path, help="add the results to this job file")
    parser.add_argument("--timeout", type=_seconds, metavar="S", default=120.0, help="stop after S seconds")
    parser.add_argument("--strict", action="store_true", help="remarks give exit code 1")


def run(args: Any, io: Output, app: App) -> int:
    job = jobs.load_or_new(args.save, app.profile, app.platform.demo) if args.save else None
    connection = Connection(args.connection or (job.connection if job and job.connection else Connection.ETHERNET))
    stations = args.stations or (len(job.stations) if job else 0) or 1
    rules = plan.rules(app.profile)
    _known(rules.by_id, (*args.only, *args.skip))
    made = plan.plan_run(app.profile, connection, args.only, args.skip)
    interface = site.choose_interface(app.platform, args.interface)
    where = site.SiteUnderTest(app.platform, app.profile, app.roots, interface, connection, stations)

    started, clock = datetime.now().astimezone(), time.monotonic()
    records = asyncio.run(_measure(where, made, io, args.timeout))
    judgement = judge(records, made.expected, rules, app.profile)
    result = run_document.Run(
        interface, app.profile, started, time.monotonic() - clock, stations, judgement, app.platform.demo
    )
    if job is not None:
        jobs.save(jobs.with_run(job, records, connection, interface.name, stations), args.save)
    _show(result, io)
    return exits.of(judgement.verdict, args.strict)


async def _measure(where: site.SiteUnderTest, made: plan.Plan, io: Output, timeout_s: float) -> tuple[Record, ...]:
    """Run to the end, the time limit or Ctrl-C; what was finished by then is kept."""
    done: dict[str, Record] = {}

    def emit(event: Event) -> None:
        if isinstance(event, Finished):
            done[event.record.check] = event.record
        if io.form == "jsonl":
            io.event({"event": type(event).__name__.lower(), **to_plain(event)})

    task = asyncio.ensure_future(site.run(where, made, emit))
    with _interruptible(task), contextlib.suppress(asyncio.CancelledError, TimeoutError):
        return await asyncio.wait_for(task, timeout_s)
    now = datetime.now().astimezone()
    stopped = NotMeasured("stopped")
    return tuple(done.get(c.info.id) or Record(c.info.id, now, 0.0, stopped) for c in made.checks)


@contextlib.contextmanager
def _interruptible(task: asyncio.Future[Any]) -> Iterator[None]:
    """Ctrl-C stops the run, not the program: what was measured is still printed."""
    before = signal.signal(signal.SIGINT, lambda *_: task.get_loop().call_soon_threadsafe(task.cancel))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _show(result: run_document.Run, io: Output) -> None:
    document = run_document.document(result, io.catalogue) if io.machine else {}
    match io.form:
        case "json":
            io.document(document)
        case "jsonl":
            io.event({"event": "run", **document})
        case _:
            print_run(result, io)


def _known(ids: Any, asked: tuple[str, ...]) -> None:
    for name in asked:
        if name not in ids:
            raise BadInput("input.no-such-check", name=name)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _count(text: str) -> int:
    value = int(text)
    if not 1 <= value <= 1000:
        raise argparse.ArgumentTypeError("from 1 to 1000")
    return value


def _seconds(text: str) -> float:
    value = float(text)
    if not 1 <= value <= 3600:
        raise argparse.ArgumentTypeError("from 1 to 3600 seconds")
    return value
