"""Check the site's network as a charging station would see it."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ...app import App
from ...domain.job import Connection, Job
from ...domain.outcome import SKIPPED, STOPPED, NotMeasured
from ...domain.plain import to_plain
from ...domain.record import Record
from ...domain.verdict import Verdict, judge
from ...errors import BadInput
from ...ports.unavailable import Reason
from ...session import channel, jobs, later, plan, site
from ...session.events import Event, Finished
from .. import exits, rights, run_document, stoppable
from ..render import Output
from ..run_text import print_run


def arguments(parser: argparse.ArgumentParser, common: argparse.ArgumentParser) -> None:
    parser.add_argument("--interface", metavar="IF", default="", help="network interface to test")
    parser.add_argument("--connection", choices=[c.value for c in Connection], default=None)
    parser.add_argument("--stations", type=_count, metavar="N", default=None, help="stations that need an address")
    parser.add_argument("--only", type=_some_ids, metavar="ID,..", default=(), help="only these checks")
    parser.add_argument("--skip", type=_ids, metavar="ID,..", default=(), help="leave these checks out")
    parser.add_argument("--waiting", action="store_true", help="only what the job put off until there is internet")
    parser.add_argument("--trust-anchors", metavar="FILE", help="PEM roots in place of the charger's")
    parser.add_argument("--save", metavar="JOB", type=Path, help="add the results to this job file")
    parser.add_argument("--timeout", type=_seconds, metavar="S", default=None, help="stop after S seconds")
    rights.add_option(parser)
    parser.add_argument("--strict", action="store_true", help="remarks give exit code 1")


def run(args: Any, io: Output, app: App) -> int:
    job = jobs.load_or_new(args.save, app.profile, app.platform.demo) if args.save else None
    connections = _connections(args, job)
    stations = args.stations or (len(job.networked) if job else 0) or 1
    rules = plan.rules(app.profile)
    _known(rules.by_id, (*args.only, *args.skip))
    only = _waiting(job, app) if args.waiting else args.only
    made = plan.plan_run(app.profile, *connections, only=only, skip=args.skip)
    interface = site.choose_interface(app.platform, args.interface)
    ssid = job.ssid if job else ""
    modems = len(job.stations_on(Connection.PLC)) if job and not args.connection else 0
    where = site.SiteUnderTest(app.platform, app.profile, app.roots, interface, connections[0], stations, ssid, modems)

    started, clock = datetime.now().astimezone(), time.monotonic()
    records, interrupted = _measure(where, made, io, args)
    duration_s = time.monotonic() - clock
    judgement = judge(records, made.expected, rules, app.profile)
    if interrupted:
        judgement = replace(judgement, verdict=Verdict.INCOMPLETE)
    _show(
        run_document.Run(interface, app.profile, started, duration_s, stations, judgement, app.platform.demo),
        io,
    )
    if not io.machine and any(r.reason == Reason.NEEDS_PRIVILEGE for r in judgement.results):
        rights.print_advice(io.catalogue.text("rights.lost"), app.platform.rights, io)
    if job is not None:
        named = Connection(args.connection) if args.connection else None
        grown = jobs.with_run(job, _tried(records), named, interface.name, args.stations or 0, rules)
        jobs.save(channel.weighed(grown, datetime.now().astimezone(), app.profile), args.save)
    return exits.of(judgement.verdict, args.strict)


def _waiting(job: Job | None, app: App) -> frozenset[str]:
    if job is None or not (waiting := later.run_of(job, app.profile)):
        raise BadInput("input.nothing-waits")
    return waiting


def _connections(args: Any, job: Job | None) -> tuple[Connection, ...]:
    """The one that was asked for, else those of the job's stations."""
    if args.connection:
        return (Connection(args.connection),)
    return (job.connections if job else ()) or (Connection.ETHERNET,)


def _measure(where: site.SiteUnderTest, made: plan.Plan, io: Output, args: Any) -> tuple[tuple[Record, ...], bool]:
    """Run to the end, the time limit or Ctrl-C (True); what was finished by then is kept."""
    done: dict[str, Record] = {}
    emit = _teller(io, done, len(made.checks))
    try:
        work = rights.after_asking(
            args, where.platform.rights, where.interface.name, io, lambda: site.run(where, made, emit)
        )
        return stoppable.run(work, args.timeout), False
    except TimeoutError:
        interrupted = False
    except KeyboardInterrupt:
        interrupted = True
    finally:
        io.progress("")
    now = datetime.now().astimezone()
    records = (done.get(c.info.id) or Record(c.info.id, now, 0.0, NotMeasured(STOPPED)) for c in made.checks)
    return tuple(records), interrupted


def _teller(io: Output, done: dict[str, Record], total: int) -> Callable[[Event], None]:
    def tell(event: Event) -> None:
        if isinstance(event, Finished):
            done[event.record.check] = event.record
            io.progress(io.catalogue.text("cli.progress", done=len(done), total=total))
        if io.form == "jsonl":
            io.event({"event": type(event).__name__.lower(), **to_plain(event)})

    return tell


def _show(result: run_document.Run, io: Output) -> None:
    match io.form:
        case "json":
            io.document(run_document.document(result, io.catalogue))
        case "jsonl":
            io.event({"event": "run", **run_document.document(result, io.catalogue)})
        case _:
            print_run(result, io)


def _tried(records: Collection[Record]) -> list[Record]:
    """What the job keeps: a check that was left out or cut off says nothing that could replace an earlier result."""
    untried = (SKIPPED, STOPPED, Reason.UNCONFIRMED)
    return [r for r in records if not (isinstance(r.outcome, NotMeasured) and r.outcome.reason in untried)]


def _known(ids: Collection[str], asked: tuple[str, ...]) -> None:
    for name in asked:
        if name not in ids:
            raise BadInput("input.no-such-check", name=name)


def _ids(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _some_ids(text: str) -> tuple[str, ...]:
    """Nothing named must not mean everything."""
    if not (ids := _ids(text)):
        raise argparse.ArgumentTypeError("at least one check")
    return ids


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= 1000:
        raise argparse.ArgumentTypeError("a number from 1 to 1000")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 1 <= value <= 3600:
        raise argparse.ArgumentTypeError("from 1 to 3600 seconds")
    return value
